using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Kubernetes;
using Wego.Rpc;
using Wego.Sandbox;
using EventType = Wego.Packages.V1.WatchInstalledPackagesResponse.Types.Type;

namespace Wego.EndToEnd;

/// <summary>API servers that are down, restart, forget and throttle. Afterwards everything is as the cluster has it.</summary>
public sealed class ApiServerFaultTests
{
    private const string Stale = "wego-stale-since";
    private static readonly GroupVersionResource s_releases = new("helm.toolkit.fluxcd.io", "v2", "helmreleases");
    private static readonly string[] s_quick =
    [
        "Wego:Grains:RetryDelay=00:00:00.1", "Wego:Grains:MaxRetryDelay=00:00:00.5", "Wego:Kubernetes:RequestTimeout=00:00:05",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ItMayBeDownAtTheStart()
    {
        await using var wego = await WegoFixture.StartAsync(cluster => cluster.Faults.GoDown(), s_quick);
        using var user = wego.User(SandboxTokens.TeamA);
        var failure = await user.FailAsync(Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") });
        failure.Code.ShouldBe(RpcStatusCode.Unavailable, failure.Message);
        using (var rest = wego.Rest(token: null))
        {
            (await rest.GetAsync("/core/plugins/v1alpha1/configured-plugins", Cancellation)).IsSuccessStatusCode.ShouldBeTrue();
        }

        var back = UntilWatchedAsync(wego, "helmreleases");
        wego.Cluster.Faults.ComeBack();
        // The first question wakes the directory up.
        await RetryAsync(wego, () => user.InstalledAsync("team-a"));
        await back;
        (await user.InstalledAsync("team-a")).InstalledPackageSummaries.ShouldBeEmpty();
        await user.AddRepositoryAsync("team-a", "sample", wego.SampleRepository);
        await user.InstallAsync("team-a", "web", "sample/counter");
        // Events of all formats: the kinds of another one may be watched a moment later.
        await RetryAsync(wego, () => user.UntilReadyAsync("team-a", "web"));
    }

    [Fact]
    public async Task WhileItIsDownListsAreServedAndSayHowOldTheyAre()
    {
        await using var wego = await InstalledAsync("Wego:Kubernetes:AllowedAccessLifetime=00:05:00");
        using var user = wego.User(SandboxTokens.TeamA);
        (await user.InstalledAsync("team-a")).InstalledPackageSummaries.Count.ShouldBe(1);
        (await user.PageAsync()).AvailablePackageSummaries.Count.ShouldBe(3);
        user.Headers.ContainsKey(Stale).ShouldBeFalse();

        wego.Cluster.Faults.GoDown();
        await RetryAsync(wego, async () =>
        {
            (await user.InstalledAsync("team-a")).InstalledPackageSummaries.Count.ShouldBe(1);
            return user.Headers.ContainsKey(Stale) ? true : throw NotYet();
        });
        DateTimeOffset.Parse(user.Headers[Stale].ToString(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(TimeProvider.System.GetUtcNow());
        await RetryAsync(wego, async () =>
        {
            (await user.PageAsync()).AvailablePackageSummaries.Count.ShouldBe(3);
            return user.Headers.ContainsKey(Stale) ? true : throw NotYet();
        });

        // A caller about whom nothing is known cannot be let in meanwhile.
        using var viewer = wego.User(SandboxTokens.Viewer);
        (await viewer.FailAsync(Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") }))
            .Code.ShouldBe(RpcStatusCode.Unavailable);
        (await user.FailAsync(Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", "web") }))
            .Code.ShouldBe(RpcStatusCode.Unavailable);

        wego.Cluster.Faults.ComeBack();
        await RetryAsync(wego, async () =>
        {
            await user.InstalledAsync("team-a");
            return user.Headers.ContainsKey(Stale) ? throw NotYet() : true;
        });
        (await user.InstalledAsync("team-a")).InstalledPackageSummaries.Single().Status.Ready.ShouldBeTrue();
    }

    [Fact]
    public async Task AnAccessDecisionIsBelievedForItsTimeOnly()
    {
        await using var wego = await InstalledAsync("Wego:Kubernetes:AllowedAccessLifetime=00:00:00.001");
        using var user = wego.User(SandboxTokens.TeamA);
        await user.InstalledAsync("team-a");
        wego.Cluster.Faults.GoDown();
        (await user.FailAsync(Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") }))
            .Code.ShouldBe(RpcStatusCode.Unavailable);
        wego.Cluster.Faults.ComeBack();
        (await RetryAsync(wego, () => user.InstalledAsync("team-a"))).InstalledPackageSummaries.Count.ShouldBe(1);
    }

    public static TheoryData<string> Faults => ["restart with a new history", "dropped watches", "broken watches", "forgotten history", "compacted and dropped", "throttled", "errors", "disconnects", "down for a while"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AfterwardsAStreamHasSeenWhatChangedMeanwhile(string fault)
    {
        await using var wego = await InstalledAsync();
        using var user = wego.User(SandboxTokens.TeamA);
        await using var changes = user.WatchAsync("team-a", "", Cancellation).GetAsyncEnumerator(Cancellation);
        while (await changes.MoveNextAsync() && changes.Current.Type != EventType.Synced)
        {
        }

        var faults = wego.Cluster.Faults;
        wego.Cluster.Requests.All.Any(IsWego).ShouldBeTrue();
        static bool IsWego(SandboxRequest request) => request.UserAgent.StartsWith("wego/", StringComparison.Ordinal);
        switch (fault)
        {
            case "restart with a new history":
                faults.RestartWithNewHistory();
                break;
            case "dropped watches":
                faults.DropWatches();
                break;
            case "broken watches":
                faults.BreakWatches();
                break;
            case "forgotten history":
                faults.ExpireHistory();
                break;
            case "compacted and dropped":
                faults.CompactHistory();
                faults.DropWatches();
                break;
            case "throttled":
                faults.Add(SandboxFault.Throttle(retryAfterSeconds: 1, times: 3), IsWego);
                faults.BreakWatches();
                break;
            case "errors":
                faults.Add(SandboxFault.InternalError(times: 3), IsWego);
                faults.BreakWatches();
                break;
            case "disconnects":
                faults.Add(SandboxFault.Disconnect(times: 3), IsWego);
                faults.BreakWatches();
                break;
            default:
                faults.GoDown();
                break;
        }

        // One release goes, another comes, in what may be the gap.
        wego.Cluster.Store.Delete(s_releases, "team-a", "web");
        wego.Cluster.Store.CreateYaml("""
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: second, namespace: team-a}
            spec: {interval: 1m, chart: {spec: {chart: counter, sourceRef: {kind: HelmRepository, name: sample}}}}
            """);
        faults.ComeBack();
        var (deleted, ready) = (false, false);
        while (!(deleted && ready) && await changes.MoveNextAsync())
        {
            var name = changes.Current.InstalledPackageSummary.Name;
            deleted |= name == "web" && changes.Current.Type == EventType.Deleted;
            ready |= name == "second" && changes.Current.InstalledPackageSummary.Status.Ready;
        }

        (await user.InstalledAsync("team-a")).InstalledPackageSummaries.Select(p => p.Name).ShouldBe(["second"]);
    }

    private static async Task<WegoFixture> InstalledAsync(params string[] settings)
    {
        var wego = await WegoFixture.StartAsync(beforeStart: null, [.. s_quick, .. settings]);
        using var user = wego.User(SandboxTokens.TeamA);
        await user.AddRepositoryAsync("team-a", "sample", wego.SampleRepository);
        await user.InstallAsync("team-a", "web", "sample/counter");
        await user.UntilReadyAsync("team-a", "web");
        return wego;
    }

    private static RpcException NotYet() => new(RpcStatusCode.Unavailable, "not yet");

    private static Task UntilWatchedAsync(WegoFixture wego, string resource) =>
        wego.Cluster.Requests.WaitForAsync(r => r.All.Any(a => a.Verb == "watch" && a.Resource == resource && a.UserAgent.StartsWith("wego/", StringComparison.Ordinal)), Cancellation);

    // Tries again whenever the cluster was asked something: an event, and one that comes while Wego recovers.
    private static async Task<T> RetryAsync<T>(WegoFixture wego, Func<Task<T>> attempt)
    {
        while (true)
        {
            var asked = wego.Cluster.Requests.All.LastOrDefault();
            try
            {
                return await attempt();
            }
            catch (RpcException e) when (e.Code == RpcStatusCode.Unavailable)
            {
                await wego.Cluster.Requests.WaitForAsync(r => !ReferenceEquals(r.All.LastOrDefault(), asked), Cancellation);
            }
        }
    }
}
