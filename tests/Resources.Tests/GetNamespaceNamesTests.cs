using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Resources;

namespace Wego.Resources.Tests;

public sealed class GetNamespaceNamesTests
{
    private static readonly ResourcesOptions s_trusting = new()
    {
        TrustedNamespaces = new TrustedNamespacesOptions { HeaderName = "X-Consumer-Groups", HeaderPattern = "^namespace:([\\w-]+)$" },
    };

    [Fact]
    public async Task Who_may_list_namespaces_gets_the_active_ones_sorted()
    {
        var fixture = new ResourcesFixture();
        fixture.AddNamespace("zoo");
        fixture.AddNamespace("alpha");
        fixture.AddNamespace("going", "Terminating");

        (await NamesAsync(fixture)).ShouldBe(["alpha", "zoo"]);
        fixture.Default.Calls.ShouldAllBe(call => call.StartsWith("bearer "));
    }

    [Fact]
    public async Task Who_may_not_gets_those_in_which_secrets_may_be_read()
    {
        var fixture = ForbiddenToList();
        for (var i = 0; i < 30; i++)
        {
            fixture.AddNamespace($"team-{i:00}");
        }

        fixture.Default.Allow = (identity, attributes) =>
            identity.ToString() == "bearer" && attributes is { Verb: "get", Group: "", Resource: "secrets", Namespace: "team-07" or "team-03" };

        (await NamesAsync(fixture)).ShouldBe(["team-03", "team-07"]);
        fixture.Default.Calls.Count(call => call.StartsWith("service ", StringComparison.Ordinal)).ShouldBe(1);
        fixture.Reviewer.Most.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_review_that_fails_counts_as_denied()
    {
        var fixture = ForbiddenToList();
        fixture.AddNamespace("team-a");
        fixture.AddNamespace("team-b");
        var fail = fixture.Default.Fail;
        fixture.Default.Fail = call => call is { Verb: "review", Namespace: "team-b" } ? KubernetesFailure.Timeout : fail(call);

        (await NamesAsync(fixture)).ShouldBe(["team-a"]);
    }

    [Fact]
    public async Task When_every_review_fails_that_is_said()
    {
        var fixture = ForbiddenToList();
        fixture.AddNamespace("team-a");
        var fail = fixture.Default.Fail;
        fixture.Default.Fail = call => call.Verb == "review" ? KubernetesFailure.Timeout : fail(call);

        (await ResourcesFixture.CodeOf(() => NamesAsync(fixture))).ShouldBe(PackageErrorCode.DeadlineExceeded);
    }

    [Fact]
    public async Task A_bad_token_is_not_answered_with_what_the_service_sees()
    {
        var fixture = new ResourcesFixture();
        fixture.AddNamespace("team-a");
        fixture.Default.Fail = _ => KubernetesFailure.Unauthorized;

        (await ResourcesFixture.CodeOf(() => NamesAsync(fixture))).ShouldBe(PackageErrorCode.Unauthenticated);
        fixture.Default.Calls.ShouldHaveSingleItem().ShouldStartWith("bearer list namespaces");
    }

    [Fact]
    public async Task A_trusted_header_names_the_namespaces_without_asking_the_cluster()
    {
        var fixture = new ResourcesFixture(s_trusting);

        (await NamesAsync(fixture, ("X-Consumer-Groups", "namespace:team-b, admin , namespace:team-a,namespace:team-b"))).ShouldBe(["team-a", "team-b"]);
        fixture.Default.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trusted_header_without_a_namespace_is_as_none()
    {
        var fixture = new ResourcesFixture(s_trusting);
        fixture.AddNamespace("default");

        (await NamesAsync(fixture, ("X-Consumer-Groups", "admin"))).ShouldBe(["default"]);
    }

    [Fact]
    public async Task The_header_counts_for_nothing_where_it_is_not_trusted()
    {
        var fixture = new ResourcesFixture();
        fixture.AddNamespace("default");

        (await NamesAsync(fixture, ("X-Consumer-Groups", "namespace:team-a"))).ShouldBe(["default"]);
    }

    [Fact]
    public async Task A_trusted_header_does_not_replace_the_token()
    {
        var fixture = new ResourcesFixture(s_trusting);
        var call = ResourcesFixture.Call("GetNamespaceNames", token: null, ("X-Consumer-Groups", "namespace:team-a"));

        (await ResourcesFixture.CodeOf(() => fixture.Service.GetNamespaceNames(new GetNamespaceNamesRequest(), call))).ShouldBe(PackageErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task An_unknown_cluster_is_named()
    {
        var fixture = new ResourcesFixture();

        var refused = await Should.ThrowAsync<PackageException>(
            () => fixture.Service.GetNamespaceNames(new GetNamespaceNamesRequest { Cluster = "mars" }, ResourcesFixture.Call("GetNamespaceNames")));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        refused.Message.ShouldContain("mars");
        refused.Message.ShouldContain("default, other");
    }

    private static ResourcesFixture ForbiddenToList()
    {
        var fixture = new ResourcesFixture(new ResourcesOptions { MaxParallelReviews = 3 });
        fixture.Default.Fail = call => call is { Verb: "list", Resource: "namespaces" } && call.Identity.ToString() == "bearer" ? KubernetesFailure.Forbidden : null;
        return fixture;
    }

    private static async Task<IEnumerable<string>> NamesAsync(ResourcesFixture fixture, params (string, string)[] headers) =>
        (await fixture.Service.GetNamespaceNames(new GetNamespaceNamesRequest(), ResourcesFixture.Call("GetNamespaceNames", headers: headers))).NamespaceNames;
}
