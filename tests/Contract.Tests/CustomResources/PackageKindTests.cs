using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.CustomResources;

/// <summary>The real definitions of Flux and Carvel.</summary>
public sealed class PackageKindTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task A_HelmRepository_gets_the_defaults_of_its_definition(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        RequireDefinitions();

        var created = await api.Admin.PostAsync(
            Path(api, "source.toolkit.fluxcd.io/v1", "helmrepositories"),
            """{ "apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "HelmRepository", "metadata": { "name": "charts" }, "spec": { "url": "https://charts.example.test" } }""");

        created.ShouldBe(HttpStatusCode.Created).Body.Text("/spec/url").ShouldBe("https://charts.example.test");
        created.Body.Text("/spec/provider").ShouldBe("generic");
        created.Body.At("/status/observedGeneration")!.GetValue<long>().ShouldBe(-1, "the definition defaults the status");
        created.Generation.ShouldBe(1);
    }

    [Theory, EachServer]
    public async Task A_HelmRepository_without_a_valid_URL_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        RequireDefinitions();

        var response = await api.Admin.PostAsync(
            Path(api, "source.toolkit.fluxcd.io/v1", "helmrepositories"),
            """{ "apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "HelmRepository", "metadata": { "name": "charts" }, "spec": { "url": "ftp://charts.example.test" } }""");

        response.ShouldFail((HttpStatusCode)422, "Invalid", "spec.url in body should match '^(http|https|oci)://.*$'");
    }

    [Theory, EachServer]
    public async Task A_HelmRelease_keeps_free_form_values(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        RequireDefinitions();

        var created = await api.Admin.PostAsync(
            Path(api, "helm.toolkit.fluxcd.io/v2", "helmreleases"),
            """
            {
              "apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": { "name": "web" },
              "spec": {
                "interval": "5m", "unknown": true,
                "chart": { "spec": { "chart": "nginx", "version": ">=1.0.0", "sourceRef": { "kind": "HelmRepository", "name": "charts" } } },
                "values": { "replicaCount": 2, "nested": { "list": [1, 2.5, "x", { "deep": null }] } }
              }
            }
            """);

        created.ShouldBe(HttpStatusCode.Created).Body.At("/spec/values").ShouldBeJson("""{ "replicaCount": 2, "nested": { "list": [1, 2.5, "x", { "deep": null }] } }""");
        created.Body.At("/spec/unknown").ShouldBeNull();
        created.Body.Text("/spec/chart/spec/reconcileStrategy").ShouldBe("ChartVersion");
    }

    [Theory, EachServer]
    public async Task A_HelmRelease_without_an_interval_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        RequireDefinitions();

        var response = await api.Admin.PostAsync(
            Path(api, "helm.toolkit.fluxcd.io/v2", "helmreleases"),
            """{ "apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": { "name": "web" }, "spec": {} }""");

        response.ShouldFail((HttpStatusCode)422, "Invalid", "spec.interval: Required value");
    }

    [Theory, EachServer]
    public async Task A_PackageInstall_round_trips(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        RequireDefinitions();
        var path = Path(api, "packaging.carvel.dev/v1alpha1", "packageinstalls");

        var created = await api.Admin.PostAsync(
            path,
            """
            {
              "apiVersion": "packaging.carvel.dev/v1alpha1", "kind": "PackageInstall", "metadata": { "name": "tool" },
              "spec": {
                "serviceAccountName": "installer",
                "packageRef": { "refName": "tool.example.test", "versionSelection": { "constraints": "1.0.0", "prereleases": {} } },
                "values": [{ "secretRef": { "name": "values" } }]
              }
            }
            """);

        created.ShouldBe(HttpStatusCode.Created);
        var found = (await api.Admin.GetAsync($"{path}/tool")).ShouldBe(HttpStatusCode.OK).Body;
        found.At("/spec/packageRef/versionSelection").ShouldBeJson("""{ "constraints": "1.0.0", "prereleases": {} }""");
        found.At("/spec/values").ShouldBeJson("""[{ "secretRef": { "name": "values" } }]""");
    }

    private static string Path(ApiScope api, string groupVersion, string plural) => $"/apis/{groupVersion}/namespaces/{api.Namespace}/{plural}";

    private static void RequireDefinitions()
    {
        if (TestPaths.Shared("crds") is null)
        {
            Assert.Skip("the definitions of Flux and Carvel are not among the shared test data (folder crds)");
        }
    }
}
