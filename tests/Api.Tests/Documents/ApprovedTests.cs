namespace Tms.Api.Tests.Documents;

/// <summary>What the product promises to the outside does not change unseen.</summary>
public sealed class ApprovedTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Addresses_and_shapes_are_those_that_were_approved(int version) =>
        Approved.Holds($"http-v{version}.txt", HttpFace.Of(await OwnDocuments.Of(version)));

    [Fact]
    public void Messages_and_events_are_those_that_were_approved() => Approved.Holds("live.txt", LiveFace.Text());
}
