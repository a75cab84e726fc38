using System.Net;
using System.Text.Json.Nodes;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Objects;

public sealed class ConfigMapTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task Create_answers_with_the_metadata_the_server_owns(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await api.CreateConfigMapAsync("settings", """ "labels": { "app": "a" }, "uid": "mine", "resourceVersion": "" """);

        created.Body.Text("/apiVersion").ShouldBe("v1");
        created.Body.Text("/kind").ShouldBe("ConfigMap");
        created.Body.Text("/metadata/namespace").ShouldBe(api.Namespace);
        Guid.TryParse(created.Uid, out _).ShouldBeTrue(created.Uid);
        long.Parse(created.ResourceVersion).ShouldBePositive();
        created.Body.Text("/metadata/creationTimestamp").ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        created.Body.At("/metadata/generation").ShouldBeNull();
        created.Body.At("/data").ShouldBeJson("""{ "key": "value" }""");
    }

    [Theory, EachServer]
    public async Task Get_and_list_return_what_was_created(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("settings");

        (await api.Admin.GetAsync($"{api.ConfigMaps}/settings")).ShouldBe(HttpStatusCode.OK).Body.ShouldBeJson(created.Text);

        var list = (await api.Admin.GetAsync(api.ConfigMaps)).ShouldBe(HttpStatusCode.OK);
        list.Body.Text("/kind").ShouldBe("ConfigMapList");
        list.Body.Text("/apiVersion").ShouldBe("v1");
        long.Parse(list.ResourceVersion).ShouldBeGreaterThanOrEqualTo(long.Parse(created.ResourceVersion));
        var item = list.Items.Single(i => i.Text("/metadata/name") == "settings");
        item.At("/kind").ShouldBeNull("items of a built-in list carry neither kind nor apiVersion");
        item.At("/data").ShouldBeJson("""{ "key": "value" }""");
    }

    [Theory, EachServer]
    public async Task Creating_it_again_is_a_conflict_named_AlreadyExists(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("settings");

        var again = await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": { "name": "settings" } }""");

        again.ShouldFail(HttpStatusCode.Conflict, "AlreadyExists", "configmaps \"settings\" already exists");
        again.Body.At("/details").ShouldBeJson("""{ "name": "settings", "kind": "configmaps" }""");
    }

    [Theory, EachServer]
    public async Task A_missing_object_is_NotFound_for_every_verb(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var path = $"{api.ConfigMaps}/missing";

        foreach (var response in (ApiResponse[])
        [
            await api.Admin.GetAsync(path),
            await api.Admin.PatchAsync(path, ApiClient.MergePatch, "{}"),
            await api.Admin.DeleteAsync(path),
        ])
        {
            response.ShouldFail(HttpStatusCode.NotFound, "NotFound", "configmaps \"missing\" not found");
            response.Body.At("/details").ShouldBeJson("""{ "name": "missing", "kind": "configmaps" }""");
        }
    }

    [Theory, EachServer]
    public async Task Put_replaces_and_keeps_what_the_server_owns(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("settings", """ "labels": { "app": "a" } """);

        var updated = (await api.Admin.PutAsync(
            $"{api.ConfigMaps}/settings", """{ "metadata": { "name": "settings" }, "data": { "other": "1" } }""")).ShouldBe(HttpStatusCode.OK);

        updated.Uid.ShouldBe(created.Uid);
        updated.Body.Text("/metadata/creationTimestamp").ShouldBe(created.Body.Text("/metadata/creationTimestamp"));
        updated.ResourceVersion.ShouldNotBe(created.ResourceVersion);
        updated.Body.At("/metadata/labels").ShouldBeNull();
        updated.Body.At("/data").ShouldBeJson("""{ "other": "1" }""");
    }

    [Theory, EachServer]
    public async Task Put_that_changes_nothing_keeps_the_resource_version(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("settings");

        var updated = (await api.Admin.PutAsync($"{api.ConfigMaps}/settings", created.Text)).ShouldBe(HttpStatusCode.OK);

        updated.ResourceVersion.ShouldBe(created.ResourceVersion);
    }

    [Theory, EachServer]
    public async Task Put_of_a_stale_resource_version_is_a_Conflict(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("settings");
        var path = $"{api.ConfigMaps}/settings";
        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, """{ "data": { "key": "2" } }""")).ShouldBe(HttpStatusCode.OK);

        var stale = await api.Admin.PutAsync(path, created.Text);

        stale.ShouldFail(
            HttpStatusCode.Conflict, "Conflict",
            "Operation cannot be fulfilled on configmaps \"settings\": the object has been modified; please apply your changes to the latest version and try again");
        stale.Body.At("/details").ShouldBeJson("""{ "name": "settings", "kind": "configmaps" }""");
    }

    [Theory, EachServer]
    public async Task Put_of_a_missing_object_is_NotFound(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Admin.PutAsync($"{api.ConfigMaps}/missing", """{ "metadata": { "name": "missing" } }""")).ShouldFail(HttpStatusCode.NotFound, "NotFound");
    }

    [Theory, EachServer]
    public async Task Put_with_another_uid_is_a_Conflict(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("settings");

        var response = await api.Admin.PutAsync(
            $"{api.ConfigMaps}/settings", """{ "metadata": { "name": "settings", "uid": "00000000-0000-0000-0000-000000000000" } }""");

        response.ShouldFail(HttpStatusCode.Conflict, "Conflict", "Precondition failed: UID in precondition: 00000000-0000-0000-0000-000000000000");
    }

    [Theory, EachServer]
    public async Task Resource_versions_grow_across_objects(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var first = await api.CreateConfigMapAsync("one");
        var second = await api.CreateConfigMapAsync("two");

        long.Parse(second.ResourceVersion).ShouldBeGreaterThan(long.Parse(first.ResourceVersion));
    }

    [Theory, EachServer]
    public async Task Delete_answers_Success_with_the_uid(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("settings");

        var deleted = (await api.Admin.DeleteAsync($"{api.ConfigMaps}/settings")).ShouldBe(HttpStatusCode.OK);

        deleted.Body.Text("/kind").ShouldBe("Status");
        deleted.Body.Text("/status").ShouldBe("Success");
        deleted.Body.At("/details").ShouldBeJson($$"""{ "name": "settings", "kind": "configmaps", "uid": "{{created.Uid}}" }""");
        (await api.Admin.GetAsync($"{api.ConfigMaps}/settings")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, EachServer]
    public async Task Dry_run_answers_as_if_and_stores_nothing(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("settings");
        var path = $"{api.ConfigMaps}/settings";

        var create = (await api.Admin.PostAsync($"{api.ConfigMaps}?dryRun=All", """{ "metadata": { "name": "dry" } }""")).ShouldBe(HttpStatusCode.Created);
        create.Uid.ShouldNotBeEmpty();
        var patch = (await api.Admin.PatchAsync($"{path}?dryRun=All", ApiClient.MergePatch, """{ "data": { "key": "2" } }""")).ShouldBe(HttpStatusCode.OK);
        patch.Body.Text("/data/key").ShouldBe("2");
        (await api.Admin.DeleteAsync($"{path}?dryRun=All")).ShouldBe(HttpStatusCode.OK);
        (await api.Admin.DeleteAsync(path, """{ "dryRun": ["All"] }""")).ShouldBe(HttpStatusCode.OK);

        (await api.Admin.GetAsync($"{api.ConfigMaps}/dry")).ShouldBe(HttpStatusCode.NotFound);
        (await api.Admin.GetAsync(path)).Body.ShouldBeJson(created.Text);
    }

    [Theory, EachServer]
    public async Task An_unknown_dry_run_value_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync($"{api.ConfigMaps}?dryRun=Some", """{ "metadata": { "name": "dry" } }""");

        response.ShouldFail((HttpStatusCode)422, "Invalid", "dryRun: Unsupported value");
    }

    [Theory, EachServer]
    public async Task Unknown_fields_of_a_built_in_kind_are_dropped(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": { "name": "extra", "nonsense": 1 }, "nonsense": true, "data": {} }""");

        created.ShouldBe(HttpStatusCode.Created).Body.At("/nonsense").ShouldBeNull();
        created.Body.At("/metadata/nonsense").ShouldBeNull();
    }

    [Theory, EachServer]
    public async Task Immutable_config_maps_keep_their_data(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        (await api.Admin.PostAsync(api.ConfigMaps, """{ "metadata": { "name": "fixed" }, "immutable": true, "data": { "a": "1" } }""")).ShouldBe(HttpStatusCode.Created);

        var response = await api.Admin.PatchAsync($"{api.ConfigMaps}/fixed", ApiClient.MergePatch, """{ "data": { "a": "2" } }""");

        response.ShouldFail((HttpStatusCode)422, "Invalid", "field is immutable when `immutable` is set");
    }

    [Theory, EachServer]
    public async Task A_body_in_yaml_is_understood(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await api.Admin.SendAsync(
            HttpMethod.Post, api.ConfigMaps, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: from-yaml\ndata:\n  a: '1'\n", "application/yaml", Cancel);

        created.ShouldBe(HttpStatusCode.Created).Body.At("/data").ShouldBeJson("""{ "a": "1" }""");
        JsonNode.Parse(created.Text).Text("/metadata/name").ShouldBe("from-yaml");
    }
}
