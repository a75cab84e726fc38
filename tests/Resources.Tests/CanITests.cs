using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Resources.Tests;

public sealed class CanITests
{
    private readonly ResourcesFixture _fixture = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_callers_rights_are_reviewed(bool allowed)
    {
        ResourceAttributes? asked = null;
        _fixture.Default.Allow = (identity, attributes) =>
        {
            asked = attributes;
            return identity.ToString() == "bearer" && allowed;
        };

        var answer = await _fixture.Service.CanI(
            new() { Context = ResourcesFixture.In("team-a", "default"), Group = "apps", Resource = "deployments", Verb = "create" }, ResourcesFixture.Call("CanI"));

        answer.Allowed.ShouldBe(allowed);
        asked.ShouldBe(new ResourceAttributes("create", "apps", "deployments", "team-a"));
    }

    [Fact]
    public async Task Listing_namespaces_of_another_cluster_is_up_to_the_service()
    {
        _fixture.Other.Allow = (identity, _) => identity.ToString() == "service";

        (await AskAsync("other")).Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task Listing_namespaces_of_the_own_cluster_is_up_to_the_caller()
    {
        _fixture.Default.Allow = (identity, _) => identity.ToString() == "bearer";

        (await AskAsync("default")).Allowed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("context.cluster")]
    [InlineData("resource")]
    [InlineData("verb")]
    public async Task What_is_missing_is_named(string field)
    {
        var request = new CanIRequest
        {
            Context = field == "context.cluster" ? null : ResourcesFixture.In("", "default"),
            Resource = field == "resource" ? "" : "pods",
            Verb = field == "verb" ? "" : "get",
        };

        var refused = await Should.ThrowAsync<PackageException>(() => _fixture.Service.CanI(request, ResourcesFixture.Call("CanI")));

        refused.Code.ShouldBe(PackageErrorCode.InvalidArgument);
        refused.Message.ShouldStartWith(field + ":");
    }

    [Fact]
    public async Task A_review_that_fails_keeps_its_code()
    {
        _fixture.Default.Fail = _ => KubernetesFailure.Unauthorized;

        (await ResourcesFixture.CodeOf(() => AskAsync("default"))).ShouldBe(PackageErrorCode.Unauthenticated);
    }

    private Task<CanIResponse> AskAsync(string cluster) => _fixture.Service.CanI(
        new() { Context = ResourcesFixture.In("", cluster), Resource = "namespaces", Verb = "list" }, ResourcesFixture.Call("CanI"));
}
