using System.Net;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.EndToEnd.Formats;
using Wego.Packages.V1;
using Wego.Rpc;
using Wego.Sandbox;
using Wego.Sandbox.Charts;
using Wego.Silo;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd.Lifecycle;

/// <summary>What callers of the real executable see when it is told to end.</summary>
public sealed class EndTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_sigterm_streams_are_told_to_connect_again_and_an_operation_is_finished()
    {
        await using var sandbox = await SandboxRun.StartAsync(repositoryPort: 0, Cancellation);
        using var helm = new SlowHelm();
        await using var wego = await WegoProcess.StartAsync(sandbox.Server, LoopbackPort.Free(1)[0], $"--Wego:Helm:Executable={helm.Executable}", "--Wego:Lifecycle:DrainDelay=00:00:01");
        using var watcher = new User(wego.Client(), SandboxTokens.TeamA);
        await using var stream = watcher.WatchAsync("team-a", "", Cancellation).GetAsyncEnumerator(Cancellation);
        await UntilSyncedAsync(stream);
        using var installer = new User(wego.Client(), SandboxTokens.TeamA);
        var installing = InstallAsync(installer, sandbox.Repository);
        await helm.BegunAsync();

        await wego.SignalAsync("TERM");
        await wego.UntilAsync(HttpStatusCode.ServiceUnavailable);

        var ended = await Should.ThrowAsync<RpcException>(async () =>
        {
            while (await stream.MoveNextAsync())
            {
                // What happened meanwhile.
            }
        });
        ended.Code.ShouldBe(RpcStatusCode.Unavailable);
        ended.Message.ShouldBe("The server is stopping; connect again.");
        RetryDelay.Find(ended.Status).ShouldNotBeNull().ShouldBeLessThan(TimeSpan.FromSeconds(1));
        installing.IsCompleted.ShouldBeFalse();

        await helm.EndAsync("done");
        await installing;
        helm.Outcome.ShouldBe("done");
        (await wego.WaitForExitAsync()).ShouldBe(0, wego.Log);
    }

    [Fact]
    public async Task An_operation_that_outlasts_the_grace_period_is_told_to_end()
    {
        await using var sandbox = await SandboxRun.StartAsync(repositoryPort: 0, Cancellation);
        using var helm = new SlowHelm();
        await using var wego = await WegoProcess.StartAsync(
            sandbox.Server, LoopbackPort.Free(1)[0], $"--Wego:Helm:Executable={helm.Executable}", "--Wego:Lifecycle:DrainDelay=00:00:00", "--Wego:Lifecycle:GracePeriod=00:00:20");
        using var installer = new User(wego.Client(), SandboxTokens.TeamA);
        var installing = InstallAsync(installer, sandbox.Repository);
        await helm.BegunAsync();

        await wego.SignalAsync("TERM");

        (await Should.ThrowAsync<RpcException>(installing)).Code.ShouldBe(RpcStatusCode.Unavailable);
        (await wego.WaitForExitAsync()).ShouldBe(0, wego.Log);
        helm.Outcome.ShouldBe("told to end");
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once()
    {
        await using var sandbox = await SandboxRun.StartAsync(repositoryPort: 0, Cancellation);
        await using var wego = await WegoProcess.StartAsync(sandbox.Server, LoopbackPort.Free(1)[0], "--Wego:Lifecycle:DrainDelay=00:30:00", "--Wego:Lifecycle:GracePeriod=01:00:00");

        await wego.SignalAsync("TERM");
        await wego.UntilAsync(HttpStatusCode.ServiceUnavailable);
        await wego.SignalAsync("TERM");

        (await wego.WaitForExitAsync()).ShouldBe(143, wego.Log);
    }

    private static async Task InstallAsync(User user, SampleRepository repository)
    {
        var helm = FormatCase.All(repository).Single(f => f.Plugin.Name == "helm.packages");
        await user.CallAsync<AddPackageRepositoryResponse>(Wire.Repositories("AddPackageRepository"), helm.Add("team-a", "charts"));
        await user.CallAsync<CreateInstalledPackageResponse>(Wire.Packages("CreateInstalledPackage"), new CreateInstalledPackageRequest
        {
            AvailablePackageRef = helm.Available("team-a", "charts"),
            TargetContext = Wire.In("team-a"),
            Name = "web",
            PkgVersionReference = new VersionReference { Version = "1.0.0" },
        });
    }

    private static async Task UntilSyncedAsync(IAsyncEnumerator<WatchInstalledPackagesResponse> stream)
    {
        do
        {
            (await stream.MoveNextAsync()).ShouldBeTrue();
        }
        while (stream.Current.Type != WatchInstalledPackagesResponse.Types.Type.Synced);
    }
}
