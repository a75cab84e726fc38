using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Negotiation;

public sealed class RepresentationTests(TestServers servers) : ContractTest(servers)
{
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private const string Partial = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
    private const string PartialList = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

    [Theory, EachServer]
    public async Task A_table_of_a_custom_kind_has_its_printer_columns(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateWidgetAsync(api);

        var table = (await api.Admin.GetAsync(api.Widgets, Table)).ShouldBe(HttpStatusCode.OK).Body;

        table.Text("/kind").ShouldBe("Table");
        table.Text("/apiVersion").ShouldBe("meta.k8s.io/v1");
        table["columnDefinitions"]!.AsArray().Select(column => $"{column.Text("/name")}:{column.Text("/type")}:{column.At("/priority")}")
            .ShouldBe(["Name:string:0", "Size:integer:0", "Ready:string:0", "Colour:string:1", "Age:date:0"]);
        var row = table["rows"]!.AsArray().Single();
        row.At("/cells/0")!.GetValue<string>().ShouldBe("w");
        row.At("/cells/1")!.GetValue<int>().ShouldBe(3);
        row.At("/cells/2")!.GetValue<string>().ShouldBe("True");
        row.At("/cells/3")!.GetValue<string>().ShouldBe("red");
        row.Text("/object/kind").ShouldBe("PartialObjectMetadata");
        row.Text("/object/metadata/name").ShouldBe("w");
        table.Text("/metadata/resourceVersion").ShouldNotBeEmpty();
    }

    [Theory, EachServer]
    public async Task A_table_of_one_object_has_one_row(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a", data: """ "x": "1", "y": "2" """);

        var table = (await api.Admin.GetAsync($"{api.ConfigMaps}/a", Table)).ShouldBe(HttpStatusCode.OK).Body;

        table["columnDefinitions"]!.AsArray().Select(column => column.Text("/name")).ShouldBe(["Name", "Data", "Age"]);
        table.At("/rows/0/cells/0")!.GetValue<string>().ShouldBe("a");
        table.At("/rows/0/cells/1")!.GetValue<int>().ShouldBe(2);
    }

    [Theory, EachServer]
    public async Task Tables_are_watched_too(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateWidgetAsync(api);

        await using var watch = await api.Admin.WatchAsync($"{api.Widgets}?watch=true", Table);

        var added = (await watch.NextAsync()).ShouldNotBeNull();
        added.Type.ShouldBe("ADDED");
        added.Object.Text("/kind").ShouldBe("Table");
        added.Object.Text("/rows/0/object/metadata/name").ShouldBe("w");
    }

    [Theory, EachServer]
    public async Task What_kubectl_accepts_is_answered_by_the_first_it_can(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateWidgetAsync(api);

        var both = (await api.Admin.GetAsync(api.Widgets, $"{Table},application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json")).ShouldBe(HttpStatusCode.OK);
        both.Body.Text("/kind").ShouldBe("Table");
        var plain = (await api.Admin.GetAsync(api.Widgets, "application/json, */*")).ShouldBe(HttpStatusCode.OK);
        plain.Body.Text("/kind").ShouldBe("WidgetList");
        plain.ContentType.ShouldBe("application/json");
    }

    [Theory, EachServer]
    public async Task Metadata_alone_can_be_asked_for(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateWidgetAsync(api);

        var one = (await api.Admin.GetAsync($"{api.Widgets}/w", Partial)).ShouldBe(HttpStatusCode.OK).Body;
        one.Text("/kind").ShouldBe("PartialObjectMetadata");
        one.Text("/apiVersion").ShouldBe("meta.k8s.io/v1");
        one.Text("/metadata/name").ShouldBe("w");
        one.At("/spec").ShouldBeNull();

        var list = (await api.Admin.GetAsync(api.Widgets, PartialList)).ShouldBe(HttpStatusCode.OK);
        list.Body.Text("/kind").ShouldBe("PartialObjectMetadataList");
        list.ItemNames.ShouldBe(["w"]);
        list.Items.Single().At("/spec").ShouldBeNull();

        await using var watch = await api.Admin.WatchAsync($"{api.Widgets}?watch=true", Partial);
        (await watch.NextAsync()).ShouldNotBeNull().Object.Text("/kind").ShouldBe("PartialObjectMetadata");
    }

    [Theory, EachServer]
    public async Task What_cannot_be_produced_is_NotAcceptable(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.GetAsync(api.ConfigMaps, "text/html");

        response.ShouldBe(HttpStatusCode.NotAcceptable).Body.Text("/reason").ShouldBe("NotAcceptable");
    }

    [Theory, EachServer]
    public async Task Yaml_can_be_asked_for(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");

        var response = (await api.Admin.GetAsync($"{api.ConfigMaps}/a", "application/yaml")).ShouldBe(HttpStatusCode.OK);

        response.ContentType.ShouldBe("application/yaml");
        response.Text.ShouldContain("kind: ConfigMap\n");
        response.Text.ShouldContain("key: value\n");
    }

    private static async Task CreateWidgetAsync(ApiScope api)
    {
        (await api.Admin.PostAsync(
            api.Widgets, $$"""{ "apiVersion": "{{WidgetDefinition.Group}}/v1", "kind": "Widget", "metadata": { "name": "w" }, "spec": { "size": 3 } }"""))
            .ShouldBe(HttpStatusCode.Created);
        (await api.Admin.PatchAsync($"{api.Widgets}/w/status", ApiClient.MergePatch, """{ "status": { "conditions": [{ "type": "Ready", "status": "True" }] } }"""))
            .ShouldBe(HttpStatusCode.OK);
    }
}
