using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.CustomResources;

public sealed class WidgetTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task Defaults_are_filled_in(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await CreateAsync(api, """ "size": 3 """);

        created.ShouldBe(HttpStatusCode.Created).Body.At("/spec").ShouldBeJson("""{ "size": 3, "colour": "red", "nested": { "enabled": true } }""");
        created.Generation.ShouldBe(1);
    }

    [Theory, EachServer]
    public async Task Unknown_fields_are_pruned_where_the_schema_does_not_preserve_them(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await CreateAsync(api, """ "size": 3, "unknown": 1, "nested": { "unknown": 1 }, "values": { "anything": { "goes": [1, "two", null] } } """);

        created.ShouldBe(HttpStatusCode.Created).Body.At("/spec").ShouldBeJson(
            """{ "size": 3, "colour": "red", "nested": { "enabled": true }, "values": { "anything": { "goes": [1, "two", null] } } }""");
    }

    [Theory, EachServer]
    public async Task An_explicit_null_is_dropped_for_a_default_and_kept_where_nullable(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await CreateAsync(api, """ "size": 3, "colour": null, "maybe": null """);

        created.ShouldBe(HttpStatusCode.Created).Body.At("/spec").ShouldBeJson(
            """{ "size": 3, "colour": "red", "maybe": null, "nested": { "enabled": true } }""");
    }

    [Theory, EachServer]
    public async Task What_the_schema_forbids_is_refused_with_the_field(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        foreach (var (spec, field, reason, message) in ((string, string, string, string)[])
        [
            (""" "colour": "red" """, "spec.size", "FieldValueRequired", "spec.size: Required value"),
            (""" "size": "three" """, "spec.size", "FieldValueInvalid", "spec.size in body must be of type integer: \"string\""),
            (""" "size": 11 """, "spec.size", "FieldValueInvalid", "spec.size in body should be less than or equal to 10"),
            (""" "size": 0 """, "spec.size", "FieldValueInvalid", "spec.size in body should be greater than or equal to 1"),
            (""" "size": 1, "colour": "blue" """, "spec.colour", "FieldValueNotSupported", "spec.colour: Unsupported value: \"blue\": supported values: \"red\", \"green\""),
            (""" "size": 1, "label": "UP" """, "spec.label", "FieldValueInvalid", "spec.label in body should match '^[a-z]+$'"),
        ])
        {
            var response = await CreateAsync(api, spec);
            response.ShouldFail((HttpStatusCode)422, "Invalid", message);
            response.Body.Text("/message").ShouldStartWith("Widget.contract.wego.dev \"w\" is invalid: ");
            response.Body.Text("/details/group").ShouldBe(WidgetDefinition.Group);
            response.Body.Text("/details/kind").ShouldBe("Widget");
            response.Body["details"]!["causes"]!.AsArray().Select(cause => $"{cause.Text("/reason")} {cause.Text("/field")}").ShouldContain($"{reason} {field}");
        }
    }

    [Theory, EachServer]
    public async Task Several_faults_are_all_named(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await CreateAsync(api, """ "size": 11, "colour": "blue" """);

        response.ShouldFail((HttpStatusCode)422, "Invalid");
        response.Body["details"]!["causes"]!.AsArray().Select(cause => cause.Text("/field")).Order().ShouldBe(["spec.colour", "spec.size"]);
    }

    [Theory, EachServer]
    public async Task A_missing_spec_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(api.Widgets, Body("w", null));

        response.ShouldFail((HttpStatusCode)422, "Invalid", "spec: Required value");
    }

    [Theory, EachServer]
    public async Task Kind_and_version_are_required_in_the_body(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(api.Widgets, """{ "metadata": { "name": "w" }, "spec": { "size": 1 } }""");

        response.ShouldFail(HttpStatusCode.BadRequest, "BadRequest", "Object 'Kind' is missing");
    }

    [Theory, EachServer]
    public async Task Status_is_ignored_on_create_and_by_the_main_resource(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var path = $"{api.Widgets}/w";
        var created = await api.Admin.PostAsync(api.Widgets, Body("w", """ "spec": { "size": 1 }, "status": { "observedGeneration": 1 } """));
        created.ShouldBe(HttpStatusCode.Created).Body.At("/status").ShouldBeNull();

        var patched = await api.Admin.PatchAsync(path, ApiClient.MergePatch, """{ "status": { "observedGeneration": 1 } }""");
        patched.ShouldBe(HttpStatusCode.OK).Body.At("/status").ShouldBeNull();
        patched.ResourceVersion.ShouldBe(created.ResourceVersion);
    }

    [Theory, EachServer]
    public async Task The_status_subresource_changes_status_only(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        (await CreateAsync(api, """ "size": 1 """)).ShouldBe(HttpStatusCode.Created);

        var patched = await api.Admin.PatchAsync(
            $"{api.Widgets}/w/status", ApiClient.MergePatch,
            """{ "metadata": { "labels": { "a": "b" } }, "spec": { "size": 5 }, "status": { "observedGeneration": 1, "conditions": [{ "type": "Ready", "status": "True" }] } }""");

        patched.ShouldBe(HttpStatusCode.OK).Body.At("/status").ShouldBeJson("""{ "observedGeneration": 1, "conditions": [{ "type": "Ready", "status": "True" }] }""");
        patched.Body.At("/spec/size")!.GetValue<int>().ShouldBe(1);
        patched.Generation.ShouldBe(1);

        var replaced = await api.Admin.PutAsync(
            $"{api.Widgets}/w/status",
            $$"""{ "apiVersion": "{{WidgetDefinition.Group}}/v1", "kind": "Widget", "metadata": { "name": "w", "resourceVersion": "{{patched.ResourceVersion}}" }, "spec": { "size": 1 }, "status": { "observedGeneration": 2 } }""");
        replaced.ShouldBe(HttpStatusCode.OK).Body.At("/status").ShouldBeJson("""{ "observedGeneration": 2 }""");
    }

    [Theory, EachServer]
    public async Task Generation_counts_changes_outside_metadata_and_status(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        (await CreateAsync(api, """ "size": 1 """)).ShouldBe(HttpStatusCode.Created);
        var path = $"{api.Widgets}/w";

        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, """{ "metadata": { "annotations": { "a": "b" } } }""")).ShouldBe(HttpStatusCode.OK).Generation.ShouldBe(1);
        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, """{ "spec": { "size": 2 } }""")).ShouldBe(HttpStatusCode.OK).Generation.ShouldBe(2);
        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, """{ "spec": { "size": 2 } }""")).ShouldBe(HttpStatusCode.OK).Generation.ShouldBe(2);
    }

    [Theory, EachServer]
    public async Task Put_of_a_custom_resource_needs_a_resource_version(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = (await CreateAsync(api, """ "size": 1 """)).ShouldBe(HttpStatusCode.Created);

        var response = await api.Admin.PutAsync($"{api.Widgets}/w", Body("w", """ "spec": { "size": 2 } """));

        response.ShouldFail((HttpStatusCode)422, "Invalid", "metadata.resourceVersion: Invalid value: 0x0: must be specified for an update");
        created.Body["spec"]!["size"] = 2;
        (await api.Admin.PutAsync($"{api.Widgets}/w", created.Body.ToJsonString())).ShouldBe(HttpStatusCode.OK);
    }

    [Theory, EachServer]
    public async Task Every_served_version_shows_the_same_object(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = (await CreateAsync(api, """ "size": 1 """)).ShouldBe(HttpStatusCode.Created);

        var beta = (await api.Admin.GetAsync($"{api.Widgets.Replace("/v1/", "/v1beta1/", StringComparison.Ordinal)}/w")).ShouldBe(HttpStatusCode.OK);

        beta.Body.Text("/apiVersion").ShouldBe($"{WidgetDefinition.Group}/v1beta1");
        beta.Uid.ShouldBe(created.Uid);
        beta.Body.At("/spec/size")!.GetValue<int>().ShouldBe(1);
        (await api.Admin.GetAsync(api.Widgets.Replace("/v1/", "/v1alpha1/", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, EachServer]
    public async Task A_list_names_its_kind_and_that_of_each_item(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        (await CreateAsync(api, """ "size": 1 """)).ShouldBe(HttpStatusCode.Created);

        var list = (await api.Admin.GetAsync(api.Widgets)).ShouldBe(HttpStatusCode.OK);

        list.Body.Text("/kind").ShouldBe("WidgetList");
        list.Body.Text("/apiVersion").ShouldBe($"{WidgetDefinition.Group}/v1");
        list.Items.Single().Text("/kind").ShouldBe("Widget");
        list.Items.Single().Text("/apiVersion").ShouldBe($"{WidgetDefinition.Group}/v1");
    }

    [Theory, EachServer]
    public async Task Deleting_a_custom_resource_answers_Success(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = (await CreateAsync(api, """ "size": 1 """)).ShouldBe(HttpStatusCode.Created);

        var deleted = (await api.Admin.DeleteAsync($"{api.Widgets}/w")).ShouldBe(HttpStatusCode.OK);

        deleted.Body.Text("/status").ShouldBe("Success");
        deleted.Body.At("/details").ShouldBeJson($$"""{ "name": "w", "group": "{{WidgetDefinition.Group}}", "kind": "widgets", "uid": "{{created.Uid}}" }""");
        (await api.Admin.GetAsync($"{api.Widgets}/w")).ShouldFail(HttpStatusCode.NotFound, "NotFound", $"widgets.{WidgetDefinition.Group} \"w\" not found");
    }

    [Theory, EachServer]
    public async Task A_strategic_merge_patch_is_not_supported_for_custom_kinds(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        (await CreateAsync(api, """ "size": 1 """)).ShouldBe(HttpStatusCode.Created);

        var response = await api.Admin.PatchAsync($"{api.Widgets}/w", ApiClient.StrategicMergePatch, """{ "spec": { "size": 2 } }""");

        response.ShouldFail(HttpStatusCode.UnsupportedMediaType, "UnsupportedMediaType", "accepted media types include: application/json-patch+json, application/merge-patch+json");
    }

    private static Task<ApiResponse> CreateAsync(ApiScope api, string spec) =>
        api.Admin.PostAsync(api.Widgets, Body("w", $$""" "spec": { {{spec}} } """));

    private static string Body(string name, string? rest) =>
        $$"""{ "apiVersion": "{{WidgetDefinition.Group}}/v1", "kind": "Widget", "metadata": { "name": "{{name}}" }{{(rest is null ? "" : ", " + rest)}} }""";
}
