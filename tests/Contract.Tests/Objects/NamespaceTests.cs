using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Objects;

public sealed class NamespaceTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task The_usual_namespaces_exist(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var names = (await api.Admin.GetAsync("/api/v1/namespaces")).ShouldBe(HttpStatusCode.OK).ItemNames.ToArray();

        names.ShouldContain("default");
        names.ShouldContain("kube-system");
        names.ShouldContain(api.Namespace);
    }

    [Theory, EachServer]
    public async Task A_new_namespace_is_active(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var found = (await api.Admin.GetAsync($"/api/v1/namespaces/{api.Namespace}")).ShouldBe(HttpStatusCode.OK);

        found.Body.Text("/status/phase").ShouldBe("Active");
        found.Body.Texts("/spec/finalizers").ShouldBe(["kubernetes"]);
    }

    [Theory, EachServer]
    public async Task Creating_in_a_missing_namespace_is_NotFound(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync("/api/v1/namespaces/no-such-namespace/configmaps", """{ "metadata": { "name": "a" } }""");

        response.ShouldFail(HttpStatusCode.NotFound, "NotFound", "namespaces \"no-such-namespace\" not found");
        response.Body.At("/details").ShouldBeJson("""{ "name": "no-such-namespace", "kind": "namespaces" }""");
    }

    [Theory, EachServer]
    public async Task Listing_in_a_missing_namespace_is_empty(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Admin.GetAsync("/api/v1/namespaces/no-such-namespace/configmaps")).ShouldBe(HttpStatusCode.OK).Items.ShouldBeEmpty();
    }

    [Theory, EachServer]
    public async Task The_namespace_of_the_body_must_be_that_of_the_path(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": { "name": "a", "namespace": "default" } }""");

        response.ShouldFail(HttpStatusCode.BadRequest, "BadRequest", "the namespace of the provided object does not match the namespace sent on the request");
    }

    [Theory, EachServer]
    public async Task A_namespace_gets_its_default_service_account(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        await using var watch = await api.Admin.WatchAsync($"/api/v1/namespaces/{api.Namespace}/serviceaccounts?watch=true");

        await watch.UntilAsync(e => e.Object.Text("/metadata/name") == "default");
    }
}
