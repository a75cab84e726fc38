using System.Text.Json.Nodes;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Kubernetes;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>Watching the objects of a package: one watch upstream however many look, and nobody misses the last state.</summary>
public sealed class ResourceStreamTests(ResourceStreamTests.Fixture wego) : IClassFixture<ResourceStreamTests.Fixture>
{
    private static readonly GroupVersionResource s_configMaps = new("", "v1", "configmaps");
    private static readonly GroupVersionResource s_services = new("", "v1", "services");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FiftyWatchersShareOneWatchPerResourceWhichClosesAfterTheLast()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        // Other tests' watches linger for a moment.
        var before = wego.Idle;
        await wego.Cluster.Requests.WaitForAsync(_ => Open() == before, Cancellation);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var all = new CountdownEvents(50);
        using var changed = new CountdownEvents(50);
        var watchers = Enumerable.Range(0, 50).Select(_ => WatchAsync(user, all, changed, leave.Token)).ToArray();
        await all.Reached.WaitAsync(Cancellation);
        Open().ShouldBe((before.ConfigMaps + 1, before.Deployments + 1, before.Services + 1));

        // One change reaches all of them.
        Label(s_services, "shared");
        await changed.Reached.WaitAsync(Cancellation);
        Open().ShouldBe((before.ConfigMaps + 1, before.Deployments + 1, before.Services + 1));

        await leave.CancelAsync();
        await Task.WhenAll(watchers);
        await wego.Cluster.Requests.WaitForAsync(_ => Open() == before, Cancellation);
    }

    [Fact]
    public async Task WhatIsDeletedAndMadeAgainIsSeen()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        await using var states = Stream(user, "ConfigMap").GetAsyncEnumerator(Cancellation);
        (await states.MoveNextAsync()).ShouldBeTrue();
        var first = JsonNode.Parse(states.Current.Manifest)!.AsObject();
        var name = first["metadata"]!["name"]!.GetValue<string>();
        wego.Cluster.Store.Delete(s_configMaps, "team-a", name);
        wego.Cluster.Store.Create(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "team-a" },
            ["data"] = new JsonObject { ["made"] = "again" },
        });
        string? made = null;
        while (made is null && await states.MoveNextAsync())
        {
            made = JsonNode.Parse(states.Current.Manifest)!["data"]?["made"]?.GetValue<string>();
        }

        made.ShouldBe("again");
    }

    [Fact]
    public async Task WhatIsMissingOrForbiddenIsLeftOut()
    {
        using var user = wego.User(SandboxTokens.Viewer);
        var kinds = new List<string>();
        var request = new GetResourcesRequest { InstalledPackageRef = Wire.Installed("team-a", "web") };
        await foreach (var state in user.StreamAsync<GetResourcesResponse>(Wire.Resources("GetResources"), request, Cancellation))
        {
            kinds.Add(state.ResourceRef.Kind);
        }

        kinds.ShouldBe(["Deployment"]);

        // The editor of the namespace sees them all, but not what is gone.
        using var team = wego.User(SandboxTokens.TeamA);
        var service = wego.Cluster.Store.List(s_services, "team-a").Single();
        wego.Cluster.Store.Delete(s_services, "team-a", service.Name);
        kinds.Clear();
        await foreach (var state in team.StreamAsync<GetResourcesResponse>(Wire.Resources("GetResources"), request, Cancellation))
        {
            kinds.Add(state.ResourceRef.Kind);
        }

        kinds.Order(StringComparer.Ordinal).ShouldBe(["ConfigMap", "Deployment"]);
        var again = service.ToJsonObject();
        again["metadata"] = new JsonObject { ["name"] = service.Name, ["namespace"] = "team-a" };
        wego.Cluster.Store.Create(again);

        // A watch does not fail either, and shows what the others may not hide.
        request.Watch = true;
        await foreach (var state in user.StreamAsync<GetResourcesResponse>(Wire.Resources("GetResources"), request, Cancellation))
        {
            state.ResourceRef.Kind.ShouldBe("Deployment");
            break;
        }
    }

    [Fact]
    public async Task ASlowReaderGetsTheLastState()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        using var quick = wego.User(SandboxTokens.TeamA);
        await using var slow = Stream(user, "Service").GetAsyncEnumerator(Cancellation);
        (await slow.MoveNextAsync()).ShouldBeTrue();
        await using var witness = Stream(quick, "Service").GetAsyncEnumerator(Cancellation);
        var padding = new string('x', 20_000);
        for (var i = 0; i < 300; i++)
        {
            Label(s_services, $"round-{i}", padding);
        }

        // Somebody who reads sees the end; then the slow one starts to read.
        while (await witness.MoveNextAsync() && !witness.Current.Manifest.Contains("round-299", StringComparison.Ordinal))
        {
        }

        var read = 0;
        while (await slow.MoveNextAsync() && !slow.Current.Manifest.Contains("round-299", StringComparison.Ordinal))
        {
            read++;
        }

        slow.Current.Manifest.ShouldContain("round-299");
        read.ShouldBeLessThan(300);
    }

    private static async Task WatchAsync(User user, CountdownEvents all, CountdownEvents changed, CancellationToken leave)
    {
        try
        {
            var kinds = new HashSet<string>(StringComparer.Ordinal);
            var isChanged = false;
            await foreach (var state in Stream(user, leave))
            {
                if (kinds.Add(state.ResourceRef.Kind) && kinds.Count == 3)
                {
                    all.Signal();
                }

                if (!isChanged && state.Manifest.Contains("\"shared\"", StringComparison.Ordinal))
                {
                    isChanged = true;
                    changed.Signal();
                }
            }
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            // Left.
        }
    }

    private static IAsyncEnumerable<GetResourcesResponse> Stream(User user, CancellationToken cancellationToken) =>
        user.StreamAsync<GetResourcesResponse>(
            Wire.Resources("GetResources"), new GetResourcesRequest { InstalledPackageRef = Wire.Installed("team-a", "web"), Watch = true }, cancellationToken);

    private static async IAsyncEnumerable<GetResourcesResponse> Stream(User user, string kind)
    {
        var refs = await user.CallAsync<GetInstalledPackageResourceRefsResponse>(
            Wire.Packages("GetInstalledPackageResourceRefs"), new GetInstalledPackageResourceRefsRequest { InstalledPackageRef = Wire.Installed("team-a", "web") });
        var request = new GetResourcesRequest { InstalledPackageRef = Wire.Installed("team-a", "web"), Watch = true };
        request.ResourceRefs.Add(refs.ResourceRefs.Single(r => r.Kind == kind));
        await foreach (var state in user.StreamAsync<GetResourcesResponse>(Wire.Resources("GetResources"), request, Cancellation))
        {
            yield return state;
        }
    }

    private (int ConfigMaps, int Deployments, int Services) Open() => Fixture.Open(wego.Cluster);

    private void Label(GroupVersionResource resource, string value, string padding = "")
    {
        var name = wego.Cluster.Store.List(resource, "team-a").Single().Name;
        wego.Cluster.Store.Update(resource, "team-a", name, o =>
            o["metadata"]!["annotations"] = new JsonObject { ["value"] = value, ["padding"] = padding });
    }

    /// <summary>A release <c>web</c> of three objects, and a viewer who may see the release and its deployment only.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private WegoFixture _wego = null!;

        public SandboxServer Cluster => _wego.Cluster;

        /// <summary>The open watches while nobody looks.</summary>
        public (int ConfigMaps, int Deployments, int Services) Idle { get; private set; }

        public static (int ConfigMaps, int Deployments, int Services) Open(SandboxServer cluster) =>
            (cluster.Requests.OpenWatches("", "configmaps"), cluster.Requests.OpenWatches("apps", "deployments"), cluster.Requests.OpenWatches("", "services"));

        public User User(string token) => _wego.User(token);

        public async ValueTask InitializeAsync()
        {
            _wego = await WegoFixture.StartAsync(beforeStart: null, "Wego:Grains:ResourceWatchLinger=00:00:00.2");
            Cluster.Store.Delete(new GroupVersionResource("rbac.authorization.k8s.io", "v1", "clusterrolebindings"), "", "sandbox-viewer");
            Cluster.Store.CreateYaml("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: narrow, namespace: team-a}
                rules:
                  - {apiGroups: [helm.toolkit.fluxcd.io], resources: [helmreleases], verbs: [get, list]}
                  - {apiGroups: [apps], resources: [deployments], verbs: [get]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: narrow, namespace: team-a}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: narrow}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: sandbox-viewer}]
                """);
            using var user = User(SandboxTokens.TeamA);
            await user.AddRepositoryAsync("team-a", "sample", _wego.SampleRepository);
            await user.InstallAsync("team-a", "web", "sample/hello-web");
            await user.UntilReadyAsync("team-a", "web");
            Idle = Open(Cluster);
        }

        public ValueTask DisposeAsync() => _wego.DisposeAsync();
    }
}
