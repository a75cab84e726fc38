using System.Net;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Lists;

public sealed class SelectorTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task Label_selectors_select(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateAsync(api);

        foreach (var (selector, names) in ((string, string)[])
        [
            ("suite=labels,tier=web", "a"),
            ("suite=labels,tier==web", "a"),
            ("suite=labels,tier!=web", "b,c"),
            ("suite=labels,tier in (web,db)", "a,b"),
            ("suite=labels,tier notin (web)", "b,c"),
            ("suite=labels,tier", "a,b"),
            ("suite=labels,!tier", "c"),
            ("suite=labels,level>1", "b"),
            ("suite=labels,level<2", "a"),
            ("suite=labels,tier=", ""),
            ("suite=none", ""),
        ])
        {
            var list = (await api.Admin.GetAsync($"{api.ConfigMaps}?labelSelector={Uri.EscapeDataString(selector)}")).ShouldBe(HttpStatusCode.OK);
            string.Join(',', list.ItemNames).ShouldBe(names, selector);
        }
    }

    [Theory, EachServer]
    public async Task A_malformed_label_selector_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        foreach (var selector in (string[])["a=b=c", "tier in web", "=a", "level>x"])
        {
            (await api.Admin.GetAsync($"{api.ConfigMaps}?labelSelector={Uri.EscapeDataString(selector)}")).ShouldFail(HttpStatusCode.BadRequest, "BadRequest");
        }
    }

    [Theory, EachServer]
    public async Task Field_selectors_know_name_and_namespace(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateAsync(api);

        foreach (var (selector, names) in ((string, string)[])
        [
            ("metadata.name=a", "a"),
            ("metadata.name==b", "b"),
            ("metadata.name!=a", "b,c"),
            ($"metadata.namespace={api.Namespace},metadata.name=c", "c"),
            ("metadata.namespace=default", ""),
        ])
        {
            var list = (await api.Admin.GetAsync($"{api.ConfigMaps}?labelSelector=suite=labels&fieldSelector={Uri.EscapeDataString(selector)}")).ShouldBe(HttpStatusCode.OK);
            string.Join(',', list.ItemNames).ShouldBe(names, selector);
        }
    }

    [Theory, EachServer]
    public async Task Field_selectors_across_namespaces_select_one_namespace(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateAsync(api);

        var list = await api.Admin.GetAsync($"/api/v1/configmaps?labelSelector=suite=labels&fieldSelector=metadata.namespace={api.Namespace}");

        list.ShouldBe(HttpStatusCode.OK).ItemNames.ShouldBe(["a", "b", "c"]);
    }

    [Theory, EachServer]
    public async Task An_unsupported_field_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Admin.GetAsync($"{api.ConfigMaps}?fieldSelector=data.key=value")).ShouldFail(
            HttpStatusCode.BadRequest, "BadRequest", "\"data.key\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        (await api.Admin.GetAsync($"{api.Widgets}?fieldSelector=spec.size=1")).ShouldFail(
            HttpStatusCode.BadRequest, "BadRequest", "field label not supported: spec.size");
    }

    [Theory, EachServer]
    public async Task Secrets_can_be_selected_by_type(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        (await api.Admin.PostAsync(api.Secrets, """{ "metadata": { "name": "a" }, "type": "example.com/a" }""")).ShouldBe(HttpStatusCode.Created);
        (await api.Admin.PostAsync(api.Secrets, """{ "metadata": { "name": "b" }, "type": "example.com/b" }""")).ShouldBe(HttpStatusCode.Created);

        (await api.Admin.GetAsync($"{api.Secrets}?fieldSelector=type=example.com/b")).ShouldBe(HttpStatusCode.OK).ItemNames.ShouldBe(["b"]);
    }

    private static async Task CreateAsync(ApiScope api)
    {
        await api.CreateConfigMapAsync("a", """ "labels": { "suite": "labels", "tier": "web", "level": "1" } """);
        await api.CreateConfigMapAsync("b", """ "labels": { "suite": "labels", "tier": "db", "level": "2" } """);
        await api.CreateConfigMapAsync("c", """ "labels": { "suite": "labels" } """);
    }
}
