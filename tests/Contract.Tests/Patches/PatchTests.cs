using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Patches;

public sealed class PatchTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task A_merge_patch_merges_objects_removes_nulls_and_replaces_arrays(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateWidgetAsync(api, """ "size": 1, "steps": ["a", "b"], "values": { "keep": 1, "drop": 2, "deep": { "x": 1 } } """);

        var patched = await api.Admin.PatchAsync(
            $"{api.Widgets}/w", ApiClient.MergePatch, """{ "spec": { "steps": ["c"], "values": { "drop": null, "deep": { "y": 2 } } } }""");

        patched.ShouldBe(HttpStatusCode.OK).Body.At("/spec/steps").ShouldBeJson("""["c"]""");
        patched.Body.At("/spec/values").ShouldBeJson("""{ "keep": 1, "deep": { "x": 1, "y": 2 } }""");
    }

    [Theory, EachServer]
    public async Task A_merge_patch_can_demand_a_resource_version(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a");
        var path = $"{api.ConfigMaps}/a";
        var patch = $$"""{ "metadata": { "resourceVersion": "{{created.ResourceVersion}}" }, "data": { "key": "2" } }""";

        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, patch)).ShouldBe(HttpStatusCode.OK);
        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, patch.Replace("\"2\"", "\"3\"", StringComparison.Ordinal)))
            .ShouldFail(HttpStatusCode.Conflict, "Conflict", "the object has been modified");
    }

    [Theory, EachServer]
    public async Task A_json_patch_tests_adds_replaces_moves_copies_and_removes(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a", data: """ "one": "1", "two": "2" """);

        var patched = await api.Admin.PatchAsync(
            $"{api.ConfigMaps}/a", ApiClient.JsonPatch,
            """
            [
              { "op": "test", "path": "/data/one", "value": "1" },
              { "op": "add", "path": "/metadata/labels", "value": { "a.b/c": "x" } },
              { "op": "replace", "path": "/metadata/labels/a.b~1c", "value": "y" },
              { "op": "copy", "from": "/data/one", "path": "/data/copied" },
              { "op": "move", "from": "/data/two", "path": "/data/moved" },
              { "op": "remove", "path": "/data/one" }
            ]
            """);

        patched.ShouldBe(HttpStatusCode.OK).Body.At("/data").ShouldBeJson("""{ "copied": "1", "moved": "2" }""");
        patched.Body.At("/metadata/labels").ShouldBeJson("""{ "a.b/c": "y" }""");
    }

    [Theory, EachServer]
    public async Task A_json_patch_whose_test_fails_changes_nothing(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a");

        var response = await api.Admin.PatchAsync(
            $"{api.ConfigMaps}/a", ApiClient.JsonPatch, """[{ "op": "replace", "path": "/data/key", "value": "2" }, { "op": "test", "path": "/data/key", "value": "other" }]""");

        response.ShouldFail((HttpStatusCode)422, "Invalid", "the server rejected our request due to an error in our request");
        (await api.Admin.GetAsync($"{api.ConfigMaps}/a")).Body.ShouldBeJson(created.Text);
    }

    [Theory, EachServer]
    public async Task A_json_patch_on_a_missing_path_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");

        foreach (var operation in (string[])[""" "op": "remove", "path": "/data/none" """, """ "op": "replace", "path": "/none/none", "value": 1 """])
        {
            (await api.Admin.PatchAsync($"{api.ConfigMaps}/a", ApiClient.JsonPatch, $"[{{{operation}}}]")).ShouldFail((HttpStatusCode)422, "Invalid");
        }
    }

    [Theory, EachServer]
    public async Task A_strategic_merge_patch_merges_lists_by_their_key(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var path = $"/apis/apps/v1/namespaces/{api.Namespace}/deployments";
        (await api.Admin.PostAsync(
            path,
            """
            {
              "metadata": { "name": "web" },
              "spec": {
                "selector": { "matchLabels": { "app": "web" } },
                "template": {
                  "metadata": { "labels": { "app": "web" } },
                  "spec": { "containers": [{ "name": "web", "image": "example.test/web:1" }, { "name": "side", "image": "example.test/side:1" }] }
                }
              }
            }
            """)).ShouldBe(HttpStatusCode.Created);

        var patched = await api.Admin.PatchAsync(
            $"{path}/web", ApiClient.StrategicMergePatch,
            """{ "spec": { "template": { "spec": { "containers": [{ "name": "web", "image": "example.test/web:2" }, { "name": "side", "$patch": "delete" }] } } } }""");

        var containers = patched.ShouldBe(HttpStatusCode.OK).Body.At("/spec/template/spec/containers")!.AsArray();
        containers.Select(container => $"{container.Text("/name")}={container.Text("/image")}").ShouldBe(["web=example.test/web:2"]);
    }

    [Theory, EachServer]
    public async Task A_strategic_merge_patch_merges_maps_and_removes_nulls(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a", data: """ "keep": "1", "drop": "2" """);

        var patched = await api.Admin.PatchAsync($"{api.ConfigMaps}/a", ApiClient.StrategicMergePatch, """{ "data": { "drop": null, "new": "3" } }""");

        patched.ShouldBe(HttpStatusCode.OK).Body.At("/data").ShouldBeJson("""{ "keep": "1", "new": "3" }""");
    }

    [Theory, EachServer]
    public async Task A_patch_that_breaks_the_schema_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await CreateWidgetAsync(api, """ "size": 1 """);

        (await api.Admin.PatchAsync($"{api.Widgets}/w", ApiClient.MergePatch, """{ "spec": { "size": 11 } }"""))
            .ShouldFail((HttpStatusCode)422, "Invalid", "spec.size in body should be less than or equal to 10");
    }

    [Theory, EachServer]
    public async Task A_patch_cannot_rename_or_change_the_uid(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");
        var path = $"{api.ConfigMaps}/a";

        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, """{ "metadata": { "name": "b" } }""")).ShouldFail(
            HttpStatusCode.BadRequest, "BadRequest", "the name of the object (b) does not match the name on the URL (a)");
        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, """{ "metadata": { "uid": "00000000-0000-0000-0000-000000000000" } }""")).ShouldFail(
            (HttpStatusCode)422, "Invalid", "metadata.uid: Invalid value: \"00000000-0000-0000-0000-000000000000\": field is immutable");
    }

    [Theory, EachServer]
    public async Task A_malformed_patch_is_a_bad_request(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");
        var path = $"{api.ConfigMaps}/a";

        (await api.Admin.PatchAsync(path, ApiClient.JsonPatch, """{ "op": "add" }""")).ShouldFail(HttpStatusCode.BadRequest, "BadRequest");

        // Kubernetes 1.20 calls the client's fault its own.
        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, "{ nonsense")).Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.InternalServerError);
    }

    [Theory, EachServer]
    public async Task An_unknown_patch_type_is_an_unsupported_media_type(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");

        var response = await api.Admin.PatchAsync($"{api.ConfigMaps}/a", "application/json", """{ "data": {} }""");

        response.ShouldFail(HttpStatusCode.UnsupportedMediaType, "UnsupportedMediaType");
    }

    private static async Task CreateWidgetAsync(ApiScope api, string spec) =>
        (await api.Admin.PostAsync(
            api.Widgets, $$"""{ "apiVersion": "{{WidgetDefinition.Group}}/v1", "kind": "Widget", "metadata": { "name": "w" }, "spec": { {{spec}} } }"""))
        .ShouldBe(HttpStatusCode.Created);
}
