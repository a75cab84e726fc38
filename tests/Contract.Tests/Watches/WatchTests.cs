using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Watches;

public sealed class WatchTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task Without_a_version_what_exists_arrives_as_ADDED_and_then_each_change(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a", """ "labels": { "suite": "watch" } """);

        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&labelSelector=suite=watch");
        watch.ContentType.ShouldBe("application/json");
        var added = await watch.ExpectAsync("ADDED", "a");
        added.Object.Text("/kind").ShouldBe("ConfigMap");
        added.Object.Text("/apiVersion").ShouldBe("v1");

        await api.CreateConfigMapAsync("b", """ "labels": { "suite": "watch" } """);
        await watch.ExpectAsync("ADDED", "b");
        var patched = await api.Admin.PatchAsync($"{api.ConfigMaps}/a", ApiClient.MergePatch, """{ "data": { "key": "2" } }""");
        var modified = await watch.ExpectAsync("MODIFIED", "a");
        modified.Object.Text("/data/key").ShouldBe("2");
        modified.ResourceVersion.ShouldBe(patched.ResourceVersion);
        (await api.Admin.DeleteAsync($"{api.ConfigMaps}/a")).ShouldBe(HttpStatusCode.OK);
        await watch.ExpectAsync("DELETED", "a");
    }

    [Theory, EachServer]
    public async Task From_the_version_of_a_list_only_later_changes_arrive(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("before");
        var list = (await api.Admin.GetAsync(api.ConfigMaps)).ShouldBe(HttpStatusCode.OK);
        await api.CreateConfigMapAsync("between");

        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&resourceVersion={list.ResourceVersion}");

        await watch.ExpectAsync("ADDED", "between");
        await api.CreateConfigMapAsync("after");
        await watch.ExpectAsync("ADDED", "after");
    }

    [Theory, EachServer]
    public async Task From_an_older_version_what_happened_since_is_played_back_in_order(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var start = await api.CreateConfigMapAsync("a");
        await api.Admin.PatchAsync($"{api.ConfigMaps}/a", ApiClient.MergePatch, """{ "data": { "key": "2" } }""");
        await api.Admin.PatchAsync($"{api.ConfigMaps}/a", ApiClient.MergePatch, """{ "data": { "key": "3" } }""");
        await api.Admin.DeleteAsync($"{api.ConfigMaps}/a");

        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&resourceVersion={start.ResourceVersion}");

        (await watch.ExpectAsync("MODIFIED", "a")).Object.Text("/data/key").ShouldBe("2");
        (await watch.ExpectAsync("MODIFIED", "a")).Object.Text("/data/key").ShouldBe("3");
        (await watch.ExpectAsync("DELETED", "a")).Object.Text("/data/key").ShouldBe("3");
    }

    [Theory, EachServer]
    public async Task A_deletion_carries_the_last_state_and_a_version_of_its_own(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a");
        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&resourceVersion={created.ResourceVersion}");

        (await api.Admin.DeleteAsync($"{api.ConfigMaps}/a")).ShouldBe(HttpStatusCode.OK);

        var deleted = await watch.ExpectAsync("DELETED", "a");
        deleted.Object.At("/data").ShouldBeJson("""{ "key": "value" }""");
        deleted.Object.Text("/metadata/uid").ShouldBe(created.Uid);
        long.Parse(deleted.ResourceVersion).ShouldBeGreaterThan(long.Parse(created.ResourceVersion));
    }

    [Theory, EachServer]
    public async Task An_object_that_begins_or_ceases_to_match_is_ADDED_or_DELETED(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a");
        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&labelSelector=colour=red&resourceVersion={created.ResourceVersion}");

        await LabelAsync("red");
        await watch.ExpectAsync("ADDED", "a");
        await api.Admin.PatchAsync($"{api.ConfigMaps}/a", ApiClient.MergePatch, """{ "data": { "key": "2" } }""");
        await watch.ExpectAsync("MODIFIED", "a");
        var relabelled = await LabelAsync("blue");
        var gone = await watch.ExpectAsync("DELETED", "a");
        gone.Object.Text("/metadata/labels/colour").ShouldBe("red", "the event shows the last state that matched");
        gone.ResourceVersion.ShouldBe(relabelled.ResourceVersion);

        Task<ApiResponse> LabelAsync(string colour) =>
            api.Admin.PatchAsync($"{api.ConfigMaps}/a", ApiClient.MergePatch, $$"""{ "metadata": { "labels": { "colour": "{{colour}}" } } }""");
    }

    [Theory, EachServer]
    public async Task One_object_can_be_watched_by_a_field_selector(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");
        await api.CreateConfigMapAsync("b");

        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&fieldSelector=metadata.name=b");

        await watch.ExpectAsync("ADDED", "b");
        await api.CreateConfigMapAsync("c");
        await api.Admin.DeleteAsync($"{api.ConfigMaps}/b");
        await watch.ExpectAsync("DELETED", "b");
    }

    [Theory, EachServer]
    public async Task TimeoutSeconds_ends_the_watch(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&timeoutSeconds=1&fieldSelector=metadata.name=none");

        (await watch.NextAsync()).ShouldBeNull();
    }

    [Theory, EachServer]
    public async Task Bookmarks_carry_a_version_and_nothing_else(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a");

        // A bookmark tells of progress during the watch, here by a change that the watch does not show. It is sent shortly
        // before the watch ends, at the latest; a busy server may miss that moment.
        WatchedEvent? bookmark = null;
        for (var attempt = 0; attempt < 3 && bookmark is null; attempt++)
        {
            await using var watch = await api.Admin.WatchAsync(
                $"{api.ConfigMaps}?watch=true&allowWatchBookmarks=true&timeoutSeconds=4&resourceVersion={created.ResourceVersion}&fieldSelector=metadata.name=a");
            await api.CreateConfigMapAsync($"other-{attempt}");
            bookmark = await watch.NextAsync();
        }

        bookmark.ShouldNotBeNull();
        bookmark.Type.ShouldBe("BOOKMARK");
        bookmark.Object.Text("/kind").ShouldBe("ConfigMap");
        bookmark.Object.Text("/apiVersion").ShouldBe("v1");
        long.Parse(bookmark.ResourceVersion).ShouldBeGreaterThan(long.Parse(created.ResourceVersion));
        bookmark.Object.At("/data").ShouldBeNull();
        bookmark.Object.At("/metadata/name").ShouldBeNull();
    }

    [Theory, EachServer]
    public async Task Custom_resources_are_watched_across_namespaces(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await using var watch = await api.Admin.WatchAsync(
            $"/apis/{WidgetDefinition.Group}/v1/widgets?watch=true&fieldSelector=metadata.namespace={api.Namespace}");

        (await api.Admin.PostAsync(
            api.Widgets, $$"""{ "apiVersion": "{{WidgetDefinition.Group}}/v1", "kind": "Widget", "metadata": { "name": "w" }, "spec": { "size": 1 } }"""))
            .ShouldBe(HttpStatusCode.Created);
        (await watch.ExpectAsync("ADDED", "w")).Object.Text("/kind").ShouldBe("Widget");
        await api.Admin.PatchAsync($"{api.Widgets}/w/status", ApiClient.MergePatch, """{ "status": { "observedGeneration": 1 } }""");
        (await watch.ExpectAsync("MODIFIED", "w")).Object.At("/status/observedGeneration")!.GetValue<int>().ShouldBe(1);
    }

    [Theory, EachServer]
    public async Task A_change_that_changes_nothing_makes_no_event(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a");
        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&resourceVersion={created.ResourceVersion}");

        await api.Admin.PatchAsync($"{api.ConfigMaps}/a", ApiClient.MergePatch, """{ "data": { "key": "value" } }""");
        await api.CreateConfigMapAsync("b");

        await watch.ExpectAsync("ADDED", "b");
    }

    [Theory, EachServer]
    public async Task The_deprecated_watch_path_is_a_watch_too(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");

        await using var watch = await api.Admin.WatchAsync($"/api/v1/watch/namespaces/{api.Namespace}/configmaps/a");

        await watch.ExpectAsync("ADDED", "a");
    }
}
