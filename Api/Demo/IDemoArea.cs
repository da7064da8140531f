namespace Tms.Api.Demo;

/// <summary>One area's part of the demo data. A new area adds a class and a line in <see cref="DemoServices"/>.</summary>
/// <remarks>Runs at every start with <c>--demo</c>: what it did before is found by its ids and not done again.</remarks>
internal interface IDemoArea
{
    /// <summary>Makes what is not there yet, by the commands that everybody uses.</summary>
    Task Fill(DemoCompany company, CancellationToken cancel);
}
