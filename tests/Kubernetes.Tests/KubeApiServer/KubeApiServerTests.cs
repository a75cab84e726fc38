using System.Text.Json.Nodes;
using Wego.Testing.ApiServers;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

/// <summary>The client and the reflector against a real kube-apiserver: what the scripted server says is only what its author believes.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class KubeApiServerTests(ControlPlane plane) : IClassFixture<ControlPlane>, IAsyncLifetime
{
    private const string Group = "rbac.authorization.k8s.io";
    private static readonly KubernetesIdentity Service = KubernetesIdentity.Service;
    private readonly TestLog _log = new();
    private readonly string _ns = $"client-{Guid.NewGuid():N}"[..20];
    private KubernetesClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
        _client = plane.Client(_log, plane.Server.Identities.Admin);
        await _client.CreateAsync(Service, new GroupVersionResource("", "v1", "namespaces"), null, new JsonObject { ["metadata"] = new JsonObject { ["name"] = _ns } }, new WriteOptions(), Cancel);
    }

    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _log.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ObjectsAreWrittenReadAndDeleted()
    {
        var created = await _client.CreateAsync(Service, ConfigMaps, _ns, Named("a", ("key", "1")), new WriteOptions(), Cancel);
        created.Kind.ShouldBe("ConfigMap");
        (await FailureAsync(_client.CreateAsync(Service, ConfigMaps, _ns, Named("a"), new WriteOptions(), Cancel))).ShouldBe(KubernetesFailure.AlreadyExists);

        var patched = await _client.PatchAsync(
            Service, ConfigMaps, _ns, "a", PatchType.Merge, JsonNode.Parse("""{"data":{"key":"2"}}""")!, new PatchOptions(), Cancel);
        patched.Text("data", "key").ShouldBe("2");
        (await FailureAsync(_client.ReplaceAsync(Service, ConfigMaps, _ns, "a", created.ToJsonObject(), new WriteOptions(), Cancel))).ShouldBe(KubernetesFailure.Conflict);
        patched = await _client.PatchAsync(
            Service, ConfigMaps, _ns, "a", PatchType.Json, JsonNode.Parse("""[{"op":"replace","path":"/data/key","value":"3"}]""")!, new PatchOptions(), Cancel);
        patched.Text("data", "key").ShouldBe("3");

        (await FailureAsync(_client.DeleteAsync(Service, ConfigMaps, _ns, "a", new DeleteOptions(PreconditionUid: "other"), Cancel))).ShouldBe(KubernetesFailure.Conflict);
        await _client.DeleteAsync(Service, ConfigMaps, _ns, "a", new DeleteOptions("Background", PreconditionUid: created.Uid), Cancel);
        (await FailureAsync(_client.GetAsync(Service, ConfigMaps, _ns, "a", Cancel))).ShouldBe(KubernetesFailure.NotFound);
    }

    [Fact]
    public async Task SecretsOfAListAreThoseThatAreReadAlone()
    {
        var secrets = new GroupVersionResource("", "v1", "secrets");
        for (var i = 0; i < 5; i++)
        {
            var manifest = Named($"secret-{i}");
            manifest["metadata"]!["labels"] = new JsonObject { ["owner"] = "test" };
            manifest["metadata"]!["annotations"] = new JsonObject { ["note"] = "<\"é\">" };
            manifest["metadata"]!["finalizers"] = new JsonArray("wego.test/keep");
            manifest["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["name"] = "owner", ["uid"] = "5", ["blockOwnerDeletion"] = true });
            manifest["data"] = new JsonObject { ["key"] = Convert.ToBase64String([0, 1, 2, (byte)i]), ["empty"] = "" };
            manifest["immutable"] = true;
            await _client.CreateAsync(Service, secrets, _ns, manifest, new WriteOptions(), Cancel);
        }

        await _client.DeleteAsync(Service, secrets, _ns, "secret-4", new DeleteOptions(), Cancel);
        var listed = await ListPager.ReadAllAsync(_client, Service, secrets, _ns, new ListOptions(Limit: 2, LabelSelector: "owner=test"), Cancel);

        listed.Select(s => s.Name).ShouldBe(["secret-0", "secret-1", "secret-2", "secret-3", "secret-4"]);
        foreach (var secret in listed)
        {
            var alone = await _client.GetAsync(Service, secrets, _ns, secret.Name, Cancel);
            JsonNode.DeepEquals(secret.ToJsonObject(), alone.ToJsonObject()).ShouldBeTrue($"{secret}\n{alone}");
        }

        using var nobody = plane.Client(_log, plane.Server.Identities.Viewer);
        var refused = await Should.ThrowAsync<KubernetesException>(nobody.ListAsync(Service, secrets, _ns, new ListOptions(), Cancel));
        refused.Failure.ShouldBe(KubernetesFailure.Forbidden);
        refused.Message.ShouldContain("cannot list resource");
    }

    [Fact]
    public async Task ApplyConflictsNameTheManagerAndTheField()
    {
        await ApplyAsync("1", new PatchOptions("first"));

        var conflict = await Should.ThrowAsync<KubernetesException>(() => ApplyAsync("2", new PatchOptions("second")));

        conflict.Failure.ShouldBe(KubernetesFailure.Conflict);
        var cause = conflict.Causes.ShouldHaveSingleItem();
        cause.Reason.ShouldBe("FieldManagerConflict");
        cause.Message.ShouldContain("first");
        cause.Field.ShouldBe(".data.key");
        (await ApplyAsync("2", new PatchOptions("second", Force: true))).Text("data", "key").ShouldBe("2");

        Task<KubernetesObject> ApplyAsync(string value, PatchOptions options)
        {
            var manifest = Named("applied", ("key", value));
            manifest["apiVersion"] = "v1";
            manifest["kind"] = "ConfigMap";
            return _client.PatchAsync(Service, ConfigMaps, _ns, "applied", PatchType.Apply, manifest, options, Cancel);
        }
    }

    [Fact]
    public async Task ListsArePagedAndItsItemsHaveTheirKind()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await _client.CreateAsync(Service, ConfigMaps, _ns, Named(name), new WriteOptions(), Cancel);
        }

        var first = await _client.ListAsync(Service, ConfigMaps, _ns, new ListOptions(Limit: 2), Cancel);
        var second = await _client.ListAsync(Service, ConfigMaps, _ns, new ListOptions(Limit: 2, Continue: first.Continue), Cancel);
        var metadata = await _client.ListAsync(Service, ConfigMaps, _ns, new ListOptions(FieldSelector: "metadata.name=b", MetadataOnly: true), Cancel);

        first.Items.Concat(second.Items).Where(i => i.Name.Length == 1).Select(i => $"{i.ApiVersion} {i.Kind} {i.Name}").ShouldBe(["v1 ConfigMap a", "v1 ConfigMap b", "v1 ConfigMap c"]);
        metadata.Items.ShouldHaveSingleItem().Kind.ShouldBe("PartialObjectMetadata");
        metadata.Items[0].Find("data").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Undefined);
    }

    [Fact]
    public async Task AReflectorSeesWhatHappens()
    {
        var sink = new RecordingSink();
        using var stop = new CancellationTokenSource();
        var selected = new ReflectorOptions { LabelSelector = "seen=yes", PageSize = 1 };
        foreach (var name in new[] { "a", "b" })
        {
            await _client.CreateAsync(Service, ConfigMaps, _ns, Labelled(name), new WriteOptions(), Cancel);
        }

        var running = new Reflector(_client, Service, ConfigMaps, _ns, selected, sink, TimeProvider.System, _log.CreateLogger("reflector")).RunAsync(stop.Token);
        NameOf(await sink.NextAsync()).ShouldBe("replace a,b");
        await _client.CreateAsync(Service, ConfigMaps, _ns, Labelled("c"), new WriteOptions(), Cancel);
        NameOf(await sink.NextAsync()).ShouldBe("added c");
        await _client.PatchAsync(Service, ConfigMaps, _ns, "a", PatchType.Merge, JsonNode.Parse("""{"metadata":{"labels":{"seen":null}}}""")!, new PatchOptions(), Cancel);
        NameOf(await sink.NextAsync()).ShouldBe("deleted a");
        await _client.DeleteAsync(Service, ConfigMaps, _ns, "c", new DeleteOptions(), Cancel);
        NameOf(await sink.NextAsync()).ShouldBe("deleted c");

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task AContinueTokenFromBeforeACompactionIsExpired()
    {
        await _client.CreateAsync(Service, ConfigMaps, _ns, Named("a"), new WriteOptions(), Cancel);
        await _client.CreateAsync(Service, ConfigMaps, _ns, Named("b"), new WriteOptions(), Cancel);
        var first = await _client.ListAsync(Service, ConfigMaps, _ns, new ListOptions(Limit: 1), Cancel);
        var later = await _client.CreateAsync(Service, ConfigMaps, _ns, Named("c"), new WriteOptions(), Cancel);

        await plane.Server.CompactAsync(later.ResourceVersion, Cancel);

        (await FailureAsync(_client.ListAsync(Service, ConfigMaps, _ns, new ListOptions(Limit: 1, Continue: first.Continue), Cancel))).ShouldBe(KubernetesFailure.Expired);
    }

    [Fact]
    public async Task DiscoveryFindsKinds()
    {
        var deployment = await _client.Discovery.FindKindAsync("apps/v1", "Deployment", Cancel);
        deployment!.Resource.ShouldBe(new GroupVersionResource("apps", "v1", "deployments"));
        deployment.Verbs.ShouldContain("watch");
        (await _client.Discovery.FindKindAsync("v1", "Namespace", Cancel))!.Namespaced.ShouldBeFalse();
        (await _client.Discovery.FindResourceAsync("apps", "deployments", ["v2", "v1"], Cancel))!.Kind.ShouldBe("Deployment");
        (await _client.Discovery.FindKindAsync("example.com/v1", "Unknown", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task RightsAreTheCallers()
    {
        var viewer = KubernetesIdentity.Bearer(plane.Server.Identities.Viewer.Token);

        (await _client.ReviewAccessAsync(viewer, new ResourceAttributes("list", "", "configmaps", _ns), Cancel)).Allowed.ShouldBeTrue();
        (await _client.ReviewAccessAsync(viewer, new ResourceAttributes("list", "", "secrets", _ns), Cancel)).Allowed.ShouldBeFalse();
        (await FailureAsync(_client.ListAsync(viewer, new GroupVersionResource("", "v1", "secrets"), _ns, new ListOptions(), Cancel))).ShouldBe(KubernetesFailure.Forbidden);
        (await FailureAsync(_client.ReviewAccessAsync(KubernetesIdentity.Bearer("nobodys"), new ResourceAttributes("list", "", "secrets"), Cancel))).ShouldBe(KubernetesFailure.Unauthorized);
        (await _client.ReviewTokenAsync(plane.Server.Identities.Viewer.Token, Cancel)).User.ShouldBe("viewer");
        (await _client.ReviewTokenAsync("nobodys", Cancel)).Authenticated.ShouldBeFalse();
    }

    [Fact]
    public async Task EveryImpersonatedGroupCounts()
    {
        await _client.CreateAsync(Service, new GroupVersionResource(Group, "v1", "rolebindings"), _ns, JsonNode.Parse($$"""
            {"metadata":{"name":"ops"},"roleRef":{"apiGroup":"{{Group}}","kind":"ClusterRole","name":"view"},"subjects":[{"apiGroup":"{{Group}}","kind":"Group","name":"ops"}]}
            """)!.AsObject(), new WriteOptions(), Cancel);
        var jane = KubernetesIdentity.Impersonate("jane", ["dev", "ops"]);

        // The authorizer learns of a binding by a watch of its own.
        KubernetesFailure? failure = KubernetesFailure.Forbidden;
        for (var attempt = 0; attempt < 100 && failure is not null; attempt++)
        {
            failure = await TryListAsync(jane);
        }

        failure.ShouldBeNull();
        (await TryListAsync(KubernetesIdentity.Impersonate("jane", ["dev"]))).ShouldBe(KubernetesFailure.Forbidden);
    }

    private static string NameOf(string line) => string.Join(',', line.Split(',').Select(part => part.Split('@')[0]));

    private static JsonObject Named(string name, params (string Key, string Value)[] data) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = name },
        ["data"] = new JsonObject(data.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value))),
    };

    private static JsonObject Labelled(string name) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["seen"] = "yes" } },
    };

    private static async Task<KubernetesFailure> FailureAsync(Task call) => (await Should.ThrowAsync<KubernetesException>(() => call)).Failure;

    private async Task<KubernetesFailure?> TryListAsync(KubernetesIdentity identity)
    {
        try
        {
            await _client.ListAsync(identity, ConfigMaps, _ns, new ListOptions(), Cancel);
            return null;
        }
        catch (KubernetesException e)
        {
            return e.Failure;
        }
    }
}
