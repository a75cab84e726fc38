using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Deletion;

public sealed class DeletionTests(TestServers servers) : ContractTest(servers)
{
    [Theory, EachServer]
    public async Task A_finalizer_holds_the_object_until_it_is_removed(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a", """ "finalizers": ["contract.wego.dev/hold"] """);
        var path = $"{api.ConfigMaps}/a";
        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&resourceVersion={created.ResourceVersion}");

        var deleting = (await api.Admin.DeleteAsync(path)).ShouldBe(HttpStatusCode.OK);
        deleting.Body.Text("/kind").ShouldBe("ConfigMap", "an object that waits for its finalizers is answered as it is");
        deleting.Body.Text("/metadata/deletionTimestamp").ShouldNotBeEmpty();
        deleting.Body.At("/metadata/deletionGracePeriodSeconds")!.GetValue<int>().ShouldBe(0);
        await watch.ExpectAsync("MODIFIED", "a");

        (await api.Admin.DeleteAsync(path)).ShouldBe(HttpStatusCode.OK).Body.Text("/metadata/deletionTimestamp")
            .ShouldBe(deleting.Body.Text("/metadata/deletionTimestamp"));
        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, """{ "metadata": { "finalizers": ["contract.wego.dev/hold", "contract.wego.dev/more"] } }"""))
            .ShouldFail((HttpStatusCode)422, "Invalid", "no new finalizers can be added if the object is being deleted");

        (await api.Admin.PatchAsync(path, ApiClient.MergePatch, """{ "metadata": { "finalizers": null } }""")).ShouldBe(HttpStatusCode.OK);
        await watch.ExpectAsync("DELETED", "a");
        (await api.Admin.GetAsync(path)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, EachServer]
    public async Task Preconditions_must_hold(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var created = await api.CreateConfigMapAsync("a");
        var path = $"{api.ConfigMaps}/a";

        (await api.Admin.DeleteAsync(path, """{ "preconditions": { "uid": "other" } }""")).ShouldFail(
            HttpStatusCode.Conflict, "Conflict", "the UID in the precondition (other) does not match the UID in record");
        (await api.Admin.DeleteAsync(path, """{ "preconditions": { "resourceVersion": "1" } }""")).ShouldFail(
            HttpStatusCode.Conflict, "Conflict", "the ResourceVersion in the precondition (1) does not match the ResourceVersion in record");
        (await api.Admin.DeleteAsync(path, $$"""{ "preconditions": { "uid": "{{created.Uid}}", "resourceVersion": "{{created.ResourceVersion}}" } }""")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory, EachServer]
    public async Task A_collection_is_deleted_by_selector(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a", """ "labels": { "suite": "many" } """);
        await api.CreateConfigMapAsync("b", """ "labels": { "suite": "many" } """);
        await api.CreateConfigMapAsync("c");

        var deleted = (await api.Admin.DeleteAsync($"{api.ConfigMaps}?labelSelector=suite=many")).ShouldBe(HttpStatusCode.OK);

        deleted.Body.Text("/kind").ShouldBe("ConfigMapList");
        deleted.ItemNames.ShouldBe(["a", "b"]);
        (await api.Admin.GetAsync($"{api.ConfigMaps}?fieldSelector=metadata.name!=kube-root-ca.crt")).ItemNames.ShouldBe(["c"]);
    }

    [Theory, EachServer]
    public async Task In_the_background_the_owner_goes_first_and_its_dependents_follow(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var (owner, watch) = await OwnerWithDependentAsync(api);
        await using var _ = watch;

        (await api.Admin.DeleteAsync($"{api.ConfigMaps}/{owner.Name}?propagationPolicy=Background")).ShouldBe(HttpStatusCode.OK);

        await watch.ExpectAsync("DELETED", "owner");
        await watch.UntilDeletedAsync("dependent");
    }

    [Theory, EachServer]
    public async Task In_the_foreground_the_owner_waits_for_its_blocking_dependents(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var (owner, watch) = await OwnerWithDependentAsync(api);
        await using var _ = watch;

        var answer = (await api.Admin.DeleteAsync($"{api.ConfigMaps}/{owner.Name}", """{ "propagationPolicy": "Foreground" }""")).ShouldBe(HttpStatusCode.OK);

        answer.Body.Texts("/metadata/finalizers").ShouldBe(["foregroundDeletion"]);
        var waiting = await watch.ExpectAsync("MODIFIED", "owner");
        waiting.Object.Text("/metadata/deletionTimestamp").ShouldNotBeEmpty();
        await watch.UntilDeletedAsync("dependent");
        await watch.UntilDeletedAsync("owner");
    }

    [Theory, EachServer]
    public async Task Orphans_stay_without_their_owner(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var (owner, watch) = await OwnerWithDependentAsync(api);
        await using var _ = watch;

        (await api.Admin.DeleteAsync($"{api.ConfigMaps}/{owner.Name}", """{ "propagationPolicy": "Orphan" }""")).ShouldBe(HttpStatusCode.OK);

        await watch.UntilDeletedAsync("owner");
        (await api.Admin.GetAsync($"{api.ConfigMaps}/dependent")).ShouldBe(HttpStatusCode.OK).Body.At("/metadata/ownerReferences").ShouldBeNull();
    }

    [Theory, EachServer]
    public async Task A_dependent_of_an_owner_that_never_was_is_collected(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true");

        await CreateDependentAsync(api, "never", "00000000-0000-0000-0000-000000000000");

        await watch.UntilDeletedAsync("dependent");
    }

    [Theory, EachServer]
    public async Task A_dependent_with_another_living_owner_stays(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var first = await api.CreateConfigMapAsync("first");
        var second = await api.CreateConfigMapAsync("second");
        await api.CreateConfigMapAsync("dependent", $$""" "ownerReferences": [{{Reference(first)}}, {{Reference(second)}}] """);
        await using var watch = await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&resourceVersion={second.ResourceVersion}");

        (await api.Admin.DeleteAsync($"{api.ConfigMaps}/first")).ShouldBe(HttpStatusCode.OK);

        var updated = await watch.UntilAsync(e => e.Object.Text("/metadata/name") == "dependent" && e.Type == "MODIFIED");
        updated.Object["metadata"]!["ownerReferences"]!.AsArray().Select(reference => reference.Text("/name")).ShouldBe(["second"]);
    }

    [Theory, EachServer]
    public async Task An_unknown_propagation_policy_is_refused(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");

        (await api.Admin.DeleteAsync($"{api.ConfigMaps}/a?propagationPolicy=Sideways")).ShouldFail((HttpStatusCode)422, "Invalid", "propagationPolicy");
    }

    [Theory, EachServer]
    public async Task A_namespace_terminates_with_everything_in_it(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var name = $"{api.Namespace}-gone";
        await api.CreateNamespaceAsync(name, Cancel);
        var maps = $"/api/v1/namespaces/{name}/configmaps";
        (await api.Admin.PostAsync(maps, """{ "metadata": { "name": "a", "finalizers": ["contract.wego.dev/hold"] } }""")).ShouldBe(HttpStatusCode.Created);
        await using var watch = await api.Admin.WatchAsync($"/api/v1/namespaces?watch=true&fieldSelector=metadata.name={name}");

        var answer = (await api.Admin.DeleteAsync($"/api/v1/namespaces/{name}")).ShouldBe(HttpStatusCode.OK);
        answer.Body.Text("/status/phase").ShouldBe("Terminating");

        (await api.Admin.PostAsync(maps, """{ "metadata": { "name": "late" } }""")).ShouldFail(
            HttpStatusCode.Forbidden, "Forbidden", $"unable to create new content in namespace {name} because it is being terminated");
        await using var contents = await api.Admin.WatchAsync($"{maps}?watch=true");
        await contents.UntilAsync(e => e.Object.At("/metadata/deletionTimestamp") is not null);
        (await api.Admin.PatchAsync($"{maps}/a", ApiClient.MergePatch, """{ "metadata": { "finalizers": null } }""")).ShouldBe(HttpStatusCode.OK);
        await watch.UntilDeletedAsync(name);
        (await api.Admin.GetAsync($"/api/v1/namespaces/{name}")).ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<(ApiResponse Owner, WatchStream Watch)> OwnerWithDependentAsync(ApiScope api)
    {
        var owner = await api.CreateConfigMapAsync("owner");
        var dependent = await CreateDependentAsync(api, "owner", owner.Uid);
        return (owner, await api.Admin.WatchAsync($"{api.ConfigMaps}?watch=true&resourceVersion={dependent.ResourceVersion}"));
    }

    private static Task<ApiResponse> CreateDependentAsync(ApiScope api, string owner, string uid) =>
        api.CreateConfigMapAsync("dependent", $$""" "ownerReferences": [{{Reference(owner, uid)}}] """);

    private static string Reference(ApiResponse owner) => Reference(owner.Name, owner.Uid);

    private static string Reference(string owner, string uid) =>
        $$"""{ "apiVersion": "v1", "kind": "ConfigMap", "name": "{{owner}}", "uid": "{{uid}}", "blockOwnerDeletion": true }""";
}
