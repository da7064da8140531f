namespace Tms.Silo;

/// <summary>Where a program's own files are: beside it, whatever folder it is started from.</summary>
public static class ProgramFolder
{
    /// <summary>Begins a program whose <c>appsettings.json</c> lies beside it.</summary>
    /// <param name="args">Settings of the command line.</param>
    public static WebApplicationBuilder Builder(string[] args) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
}
