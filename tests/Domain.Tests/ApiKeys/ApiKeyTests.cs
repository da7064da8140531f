using Tms.Domain.Access;
using Tms.Domain.ApiKeys;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.ApiKeys;

public sealed class ApiKeyTests
{
    private static readonly Guid KeyId = Spec<ApiKey, ApiKeyCommand, ApiKeyEvent>.Id;
    private static readonly CreateApiKey Create =
        new(KeyId, "Regnskap", [Permission.EconomyDraft, Permission.EconomyRead], [1, 2], new(Some.UserId, Role.Hovedbruker));

    [Fact]
    public void A_key_has_its_scopes_in_order_and_its_secret_beside_the_event()
    {
        var spec = Fresh().When(Create);
        spec.Then(new ApiKeyCreated("Regnskap", [Permission.EconomyRead, Permission.EconomyDraft]) { CreatedBy = Some.UserId });
        Assert.Equal(Some.UserId, spec.State.CreatedBy);
        Assert.Equal(new SecretValue(KeyId, "api-key", Create.Hash), Assert.Single(Accepted(spec).Secrets));
    }

    [Fact]
    public void A_revoked_key_loses_its_secret_and_every_node_learns_it()
    {
        var spec = Fresh().Given(Create).When(new RevokeApiKey());
        spec.Then(new ApiKeyRevoked());
        Assert.Equal(new SecretValue(KeyId, "api-key", null), Assert.Single(Accepted(spec).Secrets));
        Assert.Equal(new ApiKeyEnded(KeyId), Assert.Single(Accepted(spec).Notices));
        spec.When(new RevokeApiKey()).ThenNothing();
        Fresh().When(new RevokeApiKey()).ThenRefused("not_found");
    }

    [Theory]
    [InlineData(Permission.PlatformAdmin)]
    [InlineData(Permission.CompaniesManage)]
    [InlineData(Permission.UsersManage)]
    [InlineData(Permission.ApiKeysManage)]
    [InlineData(Permission.OwnProfile)]
    public void No_key_has_what_concerns_persons_keys_or_the_platform(Permission scope) =>
        Fresh().When(Create with { Scopes = [scope], By = new(Some.UserId, Role.Admin) }).ThenRefused("scope_not_allowed", "/scopes");

    [Fact]
    public void No_key_may_more_than_its_maker() =>
        Fresh().When(Create with { Scopes = [Permission.EconomyRun], By = new(Some.UserId, Role.Bruker) })
            .ThenRefused("scope_not_allowed", "/scopes");

    [Fact]
    public void A_key_needs_a_name_and_a_scope()
    {
        Fresh().When(Create with { Name = " " }).ThenRefused("required", "/name");
        Fresh().When(Create with { Scopes = [] }).ThenRefused("required", "/scopes");
        Fresh().When(Create with { Scopes = default }).ThenRefused("required", "/scopes");
        Fresh().Given(Create).When(Create).ThenRefused("already_exists");
    }

    private static Decision<ApiKeyEvent>.Accepted Accepted(Spec<ApiKey, ApiKeyCommand, ApiKeyEvent> spec) =>
        Assert.IsType<Decision<ApiKeyEvent>.Accepted>(spec.Decision);

    private static Spec<ApiKey, ApiKeyCommand, ApiKeyEvent> Fresh() => new(ApiKeyDecider.Instance);
}
