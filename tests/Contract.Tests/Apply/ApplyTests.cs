using System.Net;
using System.Text.Json.Nodes;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Apply;

public sealed class ApplyTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task Apply_creates_what_is_missing_and_records_the_manager(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await ApplyAsync(api, "one", """ "a": "1" """);

        created.ShouldBe(HttpStatusCode.Created).Body.At("/data").ShouldBeJson("""{ "a": "1" }""");
        var entry = Entry(created, "one");
        entry.Text("/operation").ShouldBe("Apply");
        entry.Text("/apiVersion").ShouldBe("v1");
        entry.Text("/fieldsType").ShouldBe("FieldsV1");
        entry.Text("/time").ShouldNotBeEmpty();
        entry.At("/fieldsV1").ShouldBeJson("""{ "f:data": { "f:a": {} } }""");
    }

    [Theory, EachServer]
    public async Task Apply_in_yaml_is_understood(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await api.Admin.ApplyAsync($"{api.ConfigMaps}/a", "one", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: \"1\"\n");

        created.ShouldBe(HttpStatusCode.Created).Body.At("/data").ShouldBeJson("""{ "a": "1" }""");
    }

    [Theory, EachServer]
    public async Task Applying_the_same_again_changes_nothing(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await ApplyAsync(api, "one", """ "a": "1" """);

        var again = await ApplyAsync(api, "one", """ "a": "1" """);

        again.ShouldBe(HttpStatusCode.OK).ResourceVersion.ShouldBe(created.ResourceVersion);
    }

    [Theory, EachServer]
    public async Task What_a_manager_no_longer_applies_is_removed(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyAsync(api, "one", """ "a": "1", "b": "2" """);

        var second = await ApplyAsync(api, "one", """ "b": "3" """);

        second.ShouldBe(HttpStatusCode.OK).Body.At("/data").ShouldBeJson("""{ "b": "3" }""");
        Entry(second, "one").At("/fieldsV1").ShouldBeJson("""{ "f:data": { "f:b": {} } }""");
    }

    [Theory, EachServer]
    public async Task What_another_manager_set_stays(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyAsync(api, "one", """ "a": "1" """);
        await ApplyAsync(api, "two", """ "b": "2" """);

        var last = await ApplyAsync(api, "one", """ "c": "3" """);

        last.ShouldBe(HttpStatusCode.OK).Body.At("/data").ShouldBeJson("""{ "b": "2", "c": "3" }""");
    }

    [Theory, EachServer]
    public async Task Another_value_for_an_owned_field_is_a_conflict_that_names_field_and_owner(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyAsync(api, "one", """ "a": "1", "b": "1" """);

        var response = await ApplyAsync(api, "two", """ "a": "2", "b": "2" """);

        response.ShouldFail(HttpStatusCode.Conflict, "Conflict", "Apply failed with 2 conflicts: conflicts with \"one\"");
        var causes = response.Body["details"]!["causes"]!.AsArray();
        causes.Select(cause => cause.Text("/field")).Order().ShouldBe([".data.a", ".data.b"]);
        causes.ShouldAllBe(cause => cause.Text("/reason") == "FieldManagerConflict");
        causes.ShouldAllBe(cause => cause.Text("/message").StartsWith("conflict with \"one\""));
    }

    [Theory, EachServer]
    public async Task A_single_conflict_is_named_in_the_message(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyAsync(api, "one", """ "a": "1" """);

        var response = await ApplyAsync(api, "two", """ "a": "2" """);

        response.ShouldFail(HttpStatusCode.Conflict, "Conflict", "Apply failed with 1 conflict: conflict with \"one\"");
        response.Body.Text("/message").ShouldEndWith(".data.a");
    }

    [Theory, EachServer]
    public async Task Force_takes_the_field_over(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyAsync(api, "one", """ "a": "1", "b": "1" """);

        var forced = await ApplyAsync(api, "two", """ "a": "2" """, force: true);

        forced.ShouldBe(HttpStatusCode.OK).Body.At("/data").ShouldBeJson("""{ "a": "2", "b": "1" }""");
        Entry(forced, "one").At("/fieldsV1").ShouldBeJson("""{ "f:data": { "f:b": {} } }""");
        Entry(forced, "two").At("/fieldsV1").ShouldBeJson("""{ "f:data": { "f:a": {} } }""");
    }

    [Theory, EachServer]
    public async Task The_same_value_is_owned_by_both_and_stays_until_both_let_go(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyAsync(api, "one", """ "a": "1" """);
        (await ApplyAsync(api, "two", """ "a": "1" """)).ShouldBe(HttpStatusCode.OK);

        (await ApplyAsync(api, "one", "")).ShouldBe(HttpStatusCode.OK).Body.At("/data").ShouldBeJson("""{ "a": "1" }""");
        (await ApplyAsync(api, "two", "")).ShouldBe(HttpStatusCode.OK).Body.At("/data/a").ShouldBeNull();
    }

    [Theory, EachServer]
    public async Task A_plain_update_takes_ownership_of_what_it_changes(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyAsync(api, "one", """ "a": "1", "b": "1" """);

        var patched = await api.Admin.PatchAsync($"{api.ConfigMaps}/a?fieldManager=editor", ApiClient.MergePatch, """{ "data": { "a": "2" } }""");

        patched.ShouldBe(HttpStatusCode.OK);
        Entry(patched, "one").At("/fieldsV1").ShouldBeJson("""{ "f:data": { "f:b": {} } }""");
        var editor = Entry(patched, "editor");
        editor.Text("/operation").ShouldBe("Update");
        editor.At("/fieldsV1").ShouldBeJson("""{ "f:data": { "f:a": {} } }""");
        (await ApplyAsync(api, "one", """ "a": "1", "b": "1" """)).ShouldFail(HttpStatusCode.Conflict, "Conflict", "conflict with \"editor\"");
    }

    [Theory, EachServer]
    public async Task Lists_with_keys_are_merged_by_key(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyWidgetAsync(api, "one", """ "size": 1, "parts": [{ "name": "a", "count": 1 }] """);

        var both = await ApplyWidgetAsync(api, "two", """ "size": 1, "parts": [{ "name": "b", "count": 2 }] """);
        both.ShouldBe(HttpStatusCode.OK).Body.At("/spec/parts").ShouldBeJson("""[{ "name": "a", "count": 1 }, { "name": "b", "count": 2 }]""");
        Entry(both, "two").At("/fieldsV1/f:spec/f:parts").ShouldBeJson("""{ "k:{\"name\":\"b\"}": { ".": {}, "f:count": {}, "f:name": {} } }""");

        var less = await ApplyWidgetAsync(api, "one", """ "size": 1 """);
        less.ShouldBe(HttpStatusCode.OK).Body.At("/spec/parts").ShouldBeJson("""[{ "name": "b", "count": 2 }]""");
    }

    [Theory, EachServer]
    public async Task Sets_are_united_and_plain_lists_belong_to_one(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyWidgetAsync(api, "one", """ "size": 1, "tags": ["a"], "steps": ["x"] """);

        var both = await ApplyWidgetAsync(api, "two", """ "size": 1, "tags": ["b"] """);
        both.ShouldBe(HttpStatusCode.OK).Body.At("/spec/tags").ShouldBeJson("""["a", "b"]""");

        (await ApplyWidgetAsync(api, "two", """ "size": 1, "steps": ["y"] """)).ShouldFail(HttpStatusCode.Conflict, "Conflict", ".spec.steps");
    }

    [Theory, EachServer]
    public async Task Free_form_values_are_owned_key_by_key(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyWidgetAsync(api, "one", """ "size": 1, "values": { "a": { "b": 1 }, "shared": 1 } """);

        var second = await ApplyWidgetAsync(api, "two", """ "size": 1, "values": { "c": 2, "shared": 1 } """);

        second.ShouldBe(HttpStatusCode.OK).Body.At("/spec/values").ShouldBeJson("""{ "a": { "b": 1 }, "c": 2, "shared": 1 }""");
    }

    [Theory, EachServer]
    public async Task The_status_is_applied_through_its_subresource(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await ApplyWidgetAsync(api, "one", """ "size": 1 """);

        var status = await api.Admin.ApplyAsync(
            $"{api.Widgets}/w/status", "controller",
            $$"""{ "apiVersion": "{{WidgetDefinition.Group}}/v1", "kind": "Widget", "metadata": { "name": "w" }, "status": { "observedGeneration": 1 } }""");

        status.ShouldBe(HttpStatusCode.OK).Body.At("/status").ShouldBeJson("""{ "observedGeneration": 1 }""");
        Entry(status, "controller").At("/fieldsV1").ShouldBeJson("""{ "f:status": { "f:observedGeneration": {} } }""");
    }

    [Theory, EachServer]
    public async Task A_field_manager_is_required(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PatchAsync($"{api.ConfigMaps}/a", ApiClient.ApplyPatch, Body(""));

        response.Status.ShouldBeOneOf((HttpStatusCode)422, HttpStatusCode.BadRequest);
        response.Body.Text("/message").ShouldContain("fieldManager: Required value: is required for apply patch");
    }

    [Theory, EachServer]
    public async Task Managed_fields_must_not_be_applied(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.ApplyAsync(
            $"{api.ConfigMaps}/a", "one", """{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "a", "managedFields": [{ "manager": "x" }] } }""");

        response.ShouldFail(HttpStatusCode.BadRequest, "BadRequest", "metadata.managedFields must be nil");
    }

    [Theory, EachServer]
    public async Task Kind_and_version_are_required(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.ApplyAsync($"{api.ConfigMaps}/a", "one", """{ "metadata": { "name": "a" } }""");

        response.Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.InternalServerError);
        response.Body.Text("/kind").ShouldBe("Status");
    }

    [Theory, EachServer]
    public async Task A_resource_version_in_the_applied_object_must_be_current(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await ApplyAsync(api, "one", """ "a": "1" """);
        await ApplyAsync(api, "one", """ "a": "2" """);

        var response = await api.Admin.ApplyAsync(
            $"{api.ConfigMaps}/a", "one",
            $$"""{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "a", "resourceVersion": "{{created.ResourceVersion}}" }, "data": { "a": "3" } }""");

        response.ShouldFail(HttpStatusCode.Conflict, "Conflict", "the object has been modified");
    }

    [Theory, EachServer]
    public async Task Dry_run_of_apply_stores_nothing(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var dry = await api.Admin.ApplyAsync($"{api.ConfigMaps}/a?dryRun=All", "one", Body(""" "a": "1" """));

        dry.ShouldBe(HttpStatusCode.Created);
        (await api.Admin.GetAsync($"{api.ConfigMaps}/a")).ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<ApiResponse> ApplyAsync(ApiScope api, string manager, string data, bool force = false) =>
        api.Admin.ApplyAsync($"{api.ConfigMaps}/a", manager, Body(data), force);

    private static string Body(string data) =>
        $$"""{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "a" }{{(data.Length > 0 ? $", \"data\": {{{data}}}" : "")}} }""";

    private static Task<ApiResponse> ApplyWidgetAsync(ApiScope api, string manager, string spec) => api.Admin.ApplyAsync(
        $"{api.Widgets}/w", manager, $$"""{ "apiVersion": "{{WidgetDefinition.Group}}/v1", "kind": "Widget", "metadata": { "name": "w" }, "spec": { {{spec}} } }""");

    private static JsonNode Entry(ApiResponse response, string manager) =>
        response.Body.At("/metadata/managedFields")?.AsArray().SingleOrDefault(entry => entry.Text("/manager") == manager)
        ?? throw new ShouldAssertException($"{manager} manages nothing.\n{response}");
}
