using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains.Tests.Directory;

/// <summary>Clusters where the service itself may not read packages: then the caller's token is used, for the one call.</summary>
public sealed class CallerReadsTests
{
    private static readonly Caller Caller = new("callers-token");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_are_read_with_the_callers_token_each_time()
    {
        await using var scenario = await StartAsync();
        scenario.AddPackage("web", ns: "a");
        scenario.AddPackage("db", ns: "b");
        scenario.AddPackage("elsewhere", ns: "c");
        (await NamesAsync(scenario, null)).ShouldBe(["db", "elsewhere", "web"]);
        (await NamesAsync(scenario, ["a", "b"])).ShouldBe(["db", "web"]);
        scenario.AddPackage("late", ns: "a");
        (await NamesAsync(scenario, ["a"])).ShouldBe(["late", "web"]);
        scenario.Cluster.OpenWatches("packages").ShouldBe(0);
    }

    [Fact]
    public async Task What_the_caller_may_not_list_either_is_refused()
    {
        await using var scenario = await StartAsync(alsoCallers: call => call.Namespace.Length == 0);
        scenario.AddPackage("web", ns: "a");
        var error = await Should.ThrowAsync<PackageException>(NamesAsync(scenario, null));
        error.Code.ShouldBe(PackageErrorCode.PermissionDenied);
        (await NamesAsync(scenario, ["a"])).ShouldBe(["web"]);
        error = await Should.ThrowAsync<PackageException>(scenario.Directory.ListInstalledNamespacesAsync(Cancellation));
        error.Code.ShouldBe(PackageErrorCode.PermissionDenied);
        error.Message.ShouldStartWith("context.namespace: name one.");
    }

    [Fact]
    public async Task Details_are_read_with_the_callers_token()
    {
        await using var scenario = await StartAsync();
        scenario.AddPackage("web");
        var package = scenario.Grains.GetInstalledPackage(FakePackageFormat.RefOf("apps", "web"));
        (await package.GetDetailAsync(Caller, Cancellation)).Package.Ref.Name.ShouldBe("web");
        scenario.AddPackage("web", revision: 2);
        (await package.GetDetailAsync(Caller, Cancellation)).Package.Revision.ShouldBe(2);
        var missing = scenario.Grains.GetInstalledPackage(FakePackageFormat.RefOf("apps", "missing"));
        (await Should.ThrowAsync<PackageException>(missing.GetDetailAsync(Caller, Cancellation))).Code.ShouldBe(PackageErrorCode.NotFound);
    }

    [Fact]
    public async Task Who_waits_to_see_a_creation_hears_that_it_will_not_be_seen()
    {
        await using var scenario = await StartAsync();
        var package = FakePackageFormat.RefOf("apps", "web");
        (await Should.ThrowAsync<PackageException>(scenario.Directory.WaitForInstalledAsync(package, Cancellation))).Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        (await Should.ThrowAsync<PackageException>(scenario.Grains.GetInstalledPackage(package).WaitForPresenceAsync(Cancellation))).Code.ShouldBe(PackageErrorCode.FailedPrecondition);
    }

    [Fact]
    public async Task A_stream_says_what_is_lacking()
    {
        await using var scenario = await StartAsync();
        await using var events = scenario.Directory.WatchInstalledAsync(new InstalledQuery(Namespaces: null), Cancellation).GetAsyncEnumerator(Cancellation);
        var error = await Should.ThrowAsync<PackageException>(events.MoveNextAsync().AsTask());
        error.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        error.Message.ShouldStartWith("Wego's own account is lacking:");
    }

    private static async Task<GrainScenario> StartAsync(Func<FakeCall, bool>? alsoCallers = null)
    {
        var scenario = await GrainScenario.StartAsync();
        scenario.Cluster.Fail = call => call.Resource == "packages" && (call.Identity is KubernetesIdentity.ServiceIdentity || alsoCallers?.Invoke(call) == true)
            ? KubernetesFailure.Forbidden
            : null;
        return scenario;
    }

    private static async Task<string[]> NamesAsync(GrainScenario scenario, string[]? namespaces)
    {
        var page = await scenario.Directory.ListInstalledAsync(new InstalledQuery(namespaces is null ? null : [.. namespaces]), Caller, Cancellation);
        page.StaleSince.ShouldBeNull();
        return [.. page.Packages.Select(p => p.Ref.Name)];
    }
}
