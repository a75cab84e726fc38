using System.Net;
using System.Text.Json.Nodes;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Discovery;

public sealed class DiscoveryTests(TestServers servers) : ContractTest(servers)
{
    private const string Aggregation = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    [Theory, EachServer]
    public async Task Version_has_major_minor_and_git_version(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var version = (await api.Admin.GetAsync("/version")).ShouldBe(HttpStatusCode.OK).Body;

        version.Text("/major").ShouldBe("1");
        version.Text("/minor").ShouldNotBeEmpty();
        version.Text("/gitVersion").ShouldStartWith("v1.");
        version.Text("/platform").ShouldContain("/");
    }

    [Theory, EachServer]
    public async Task Api_lists_the_versions_of_the_core_group(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var versions = (await api.Admin.GetAsync("/api")).ShouldBe(HttpStatusCode.OK).Body;

        versions.Text("/kind").ShouldBe("APIVersions");
        versions.Texts("/versions").ShouldBe(["v1"]);
        versions.At("/serverAddressByClientCIDRs").ShouldBeOfType<JsonArray>();
    }

    [Theory, EachServer]
    public async Task Apis_lists_groups_with_their_preferred_version(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var groups = (await api.Admin.GetAsync("/apis")).ShouldBe(HttpStatusCode.OK).Body;

        groups.Text("/kind").ShouldBe("APIGroupList");
        groups.Text("/apiVersion").ShouldBe("v1");
        var names = groups["groups"]!.AsArray().Select(group => group.Text("/name")).ToArray();
        names.ShouldBeUnique();
        names.ShouldNotContain("", "the core group is not among them");
        foreach (var name in (string[])["apps", "rbac.authorization.k8s.io", "authorization.k8s.io", "authentication.k8s.io", "apiextensions.k8s.io", WidgetDefinition.Group])
        {
            names.ShouldContain(name);
        }
    }

    [Theory, EachServer]
    public async Task A_group_orders_its_versions_by_priority(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var group = (await api.Admin.GetAsync($"/apis/{WidgetDefinition.Group}")).ShouldBe(HttpStatusCode.OK).Body;

        group.Text("/kind").ShouldBe("APIGroup");
        group.Text("/name").ShouldBe(WidgetDefinition.Group);
        group["versions"]!.AsArray().Select(version => version.Text("/version")).ShouldBe(["v1", "v1beta1"]);
        group.Text("/preferredVersion/groupVersion").ShouldBe($"{WidgetDefinition.Group}/v1");
    }

    [Theory, EachServer]
    public async Task Core_resources_are_described(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var list = (await api.Admin.GetAsync("/api/v1")).ShouldBe(HttpStatusCode.OK).Body;

        list.Text("/kind").ShouldBe("APIResourceList");
        list.Text("/groupVersion").ShouldBe("v1");
        var configMaps = Resource(list, "configmaps");
        configMaps.Text("/kind").ShouldBe("ConfigMap");
        configMaps.At("/namespaced")!.GetValue<bool>().ShouldBeTrue();
        configMaps.Texts("/shortNames").ShouldBe(["cm"]);
        configMaps.Texts("/verbs").Order().ShouldBe(["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]);
        var namespaces = Resource(list, "namespaces");
        namespaces.At("/namespaced")!.GetValue<bool>().ShouldBeFalse();
        namespaces.Texts("/shortNames").ShouldBe(["ns"]);
        foreach (var (name, kind) in ((string, string)[])[("secrets", "Secret"), ("services", "Service"), ("serviceaccounts", "ServiceAccount"), ("pods", "Pod"), ("events", "Event")])
        {
            Resource(list, name).Text("/kind").ShouldBe(kind);
        }
    }

    [Theory, EachServer]
    public async Task Apps_resources_are_described(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var list = (await api.Admin.GetAsync("/apis/apps/v1")).ShouldBe(HttpStatusCode.OK).Body;

        Resource(list, "deployments").Text("/kind").ShouldBe("Deployment");
        Resource(list, "deployments").Texts("/categories").ShouldBe(["all"]);
        Resource(list, "deployments/status").Texts("/verbs").Order().ShouldBe(["get", "patch", "update"]);
    }

    [Theory, EachServer]
    public async Task Custom_resources_are_described_with_their_subresources(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var list = (await api.Admin.GetAsync($"/apis/{WidgetDefinition.Group}/v1")).ShouldBe(HttpStatusCode.OK).Body;

        var widgets = Resource(list, "widgets");
        widgets.Text("/kind").ShouldBe("Widget");
        widgets.Text("/singularName").ShouldBe("widget");
        widgets.Texts("/shortNames").ShouldBe(["wd"]);
        widgets.Texts("/categories").ShouldBe(["all"]);
        widgets.Texts("/verbs").Order().ShouldBe(["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]);
        Resource(list, "widgets/status").Text("/kind").ShouldBe("Widget");
    }

    [Theory, EachServer]
    public async Task Everything_is_described_in_two_documents_for_clients_that_ask(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var core = await AggregatedAsync(api, "/api");
        if (server == ServerKind.KubeApiServer && core.Body.Text("/kind") == "APIVersions")
        {
            Assert.Skip("the kube-apiserver is older than 1.30, which brought version 2 of the aggregated documents");
        }

        core.ContentType!.Replace(" ", "", StringComparison.Ordinal).ShouldBe(Aggregation);
        var configMaps = Aggregated(core.Body, null, "v1", "configmaps");
        configMaps.Text("/responseKind/kind").ShouldBe("ConfigMap");
        configMaps.Text("/scope").ShouldBe("Namespaced");
        configMaps.Text("/singularResource").ShouldBe("configmap");
        configMaps.Texts("/shortNames").ShouldBe(["cm"]);
        configMaps.Texts("/verbs").Order().ShouldBe(["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]);
        Aggregated(core.Body, null, "v1", "namespaces").Text("/scope").ShouldBe("Cluster");
        var named = await AggregatedAsync(api, "/apis");
        var deployments = Aggregated(named.Body, "apps", "v1", "deployments");
        deployments["subresources"]!.AsArray().Select(s => s.Text("/subresource")).Order().ShouldBe(["scale", "status"]);
        deployments["subresources"]!.AsArray().Single(s => s.Text("/subresource") == "scale").Text("/responseKind/group").ShouldBe("autoscaling");
        Aggregated(named.Body, WidgetDefinition.Group, "v1", "widgets").Text("/responseKind/version").ShouldBe("v1");
    }

    [Theory, EachServer]
    public async Task A_client_that_would_rather_have_the_single_documents_gets_them(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var groups = await api.Admin.SendAsync(HttpMethod.Get, "/apis", null, null, default, ("Accept", $"application/json, {Aggregation}"));

        groups.ShouldBe(HttpStatusCode.OK).Body.Text("/kind").ShouldBe("APIGroupList");
    }

    [Theory, EachServer]
    public async Task An_unserved_version_and_an_unknown_group_are_not_found(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Admin.GetAsync($"/apis/{WidgetDefinition.Group}/v1alpha1")).ShouldBe(HttpStatusCode.NotFound);
        (await api.Admin.GetAsync("/apis/no.such.group/v1")).ShouldBe(HttpStatusCode.NotFound);
        (await api.Admin.GetAsync("/apis/no.such.group/v1/namespaces/default/things")).ShouldBe(HttpStatusCode.NotFound);
        (await api.Admin.GetAsync("/api/v1/namespaces/default/nosuchthings")).ShouldFail(
            HttpStatusCode.NotFound, "NotFound", "the server could not find the requested resource");
    }

    [Theory, EachServer]
    public async Task Health_endpoints_say_ok(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        foreach (var path in (string[])["/healthz", "/livez", "/readyz"])
        {
            (await api.Admin.GetAsync(path)).ShouldBe(HttpStatusCode.OK).Text.ShouldBe("ok");
        }
    }

    private static Task<ApiResponse> AggregatedAsync(ApiScope api, string path) =>
        api.Admin.SendAsync(HttpMethod.Get, path, null, null, default, ("Accept", $"{Aggregation}, application/json"));

    private static JsonNode Aggregated(JsonNode document, string? group, string version, string resource) => document["items"]!.AsArray()
        .Single(g => g!["metadata"]!["name"]?.GetValue<string>() == group)!["versions"]!.AsArray()
        .Single(v => v.Text("/version") == version)!["resources"]!.AsArray()
        .Single(r => r.Text("/resource") == resource)!;

    private static JsonNode Resource(JsonNode list, string name) =>
        list["resources"]!.AsArray().SingleOrDefault(resource => resource.Text("/name") == name)
        ?? throw new ShouldAssertException($"There is no resource {name}.");
}
