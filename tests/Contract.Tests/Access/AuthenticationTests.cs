using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Access;

public sealed class AuthenticationTests(TestServers servers) : ContractTest(servers)
{
    private const string Reviews = "/apis/authentication.k8s.io/v1/tokenreviews";

    [Theory, EachServer]
    public async Task An_unknown_token_is_Unauthorized(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        foreach (var path in (string[])[api.ConfigMaps, "/api", "/version"])
        {
            (await api.WithToken("unknown").GetAsync(path)).ShouldFail(HttpStatusCode.Unauthorized, "Unauthorized", "Unauthorized");
        }
    }

    [Theory, EachServer]
    public async Task Without_a_token_one_is_anonymous_and_may_nothing(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Anonymous.GetAsync(api.ConfigMaps)).ShouldFail(
            HttpStatusCode.Forbidden, "Forbidden",
            $"configmaps is forbidden: User \"system:anonymous\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"{api.Namespace}\"");
    }

    [Theory, EachServer]
    public async Task Health_needs_no_token(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Anonymous.GetAsync("/healthz")).ShouldBe(HttpStatusCode.OK);
        (await api.Anonymous.GetAsync("/version")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory, EachServer]
    public async Task Every_user_may_discover(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        foreach (var path in (string[])["/api", "/apis", "/api/v1", $"/apis/{WidgetDefinition.Group}/v1"])
        {
            (await api.Nobody.GetAsync(path)).ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory, EachServer]
    public async Task A_token_review_names_the_user(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var viewer = api.Server.Identities.Viewer;

        var review = await api.Admin.PostAsync(
            Reviews, $$"""{ "apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": { "token": "{{viewer.Token}}" } }""");

        review.ShouldBe(HttpStatusCode.Created).Body.At("/status/authenticated")!.GetValue<bool>().ShouldBeTrue();
        review.Body.Text("/status/user/username").ShouldBe(viewer.UserName);
        review.Body.Texts("/status/user/groups").ShouldContain("system:authenticated");
    }

    [Theory, EachServer]
    public async Task A_token_review_of_an_unknown_token_is_not_authenticated(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var review = await api.Admin.PostAsync(
            Reviews, """{ "apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": { "token": "unknown" } }""");

        review.ShouldBe(HttpStatusCode.Created).Body.At("/status/authenticated").ShouldBeNull();
        review.Body.At("/status/user/username").ShouldBeNull();
    }

    [Theory, EachServer]
    public async Task A_token_review_is_not_for_everybody(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var review = await api.Viewer.PostAsync(Reviews, """{ "apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": { "token": "x" } }""");

        review.ShouldFail(HttpStatusCode.Forbidden, "Forbidden", "cannot create resource \"tokenreviews\" in API group \"authentication.k8s.io\" at the cluster scope");
    }
}
