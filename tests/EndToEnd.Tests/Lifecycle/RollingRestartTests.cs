using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Rpc;
using Wego.Rpc.Client;
using Wego.Sandbox;
using Wego.Silo;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd.Lifecycle;

/// <summary>Two replicas are replaced one after the other under load; whoever tries again once, elsewhere, loses nothing.</summary>
public sealed class RollingRestartTests
{
    private const int Callers = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_tries_again_once_loses_no_request()
    {
        await using var sandbox = await SandboxRun.StartAsync(repositoryPort: 0, Cancellation);
        var ports = LoopbackPort.Free(2);
        var replicas = await Task.WhenAll(ports.Select(port => StartAsync(sandbox.Server, port)));
        RpcClient[] clients = [.. replicas.Select(r => r.Client())];
        try
        {
            await CallAsync<AddPackageRepositoryResponse>(clients, 0, Wire.Repositories("AddPackageRepository"), Wire.Add("team-a", "sample", sandbox.Repository.Address));
            using var done = new CancellationTokenSource();
            var load = Enumerable.Range(0, Callers).Select(caller => RunAsync(clients, caller, done.Token)).ToArray();

            for (var i = 0; i < replicas.Length; i++)
            {
                await replicas[i].SignalAsync("TERM");
                (await replicas[i].WaitForExitAsync()).ShouldBe(0, replicas[i].Log);
                await replicas[i].DisposeAsync();
                replicas[i] = await StartAsync(sandbox.Server, ports[i]);
            }

            await done.CancelAsync();
            var counts = await Task.WhenAll(load);
            counts.ShouldAllBe(c => c.Calls > 0);
            counts.Sum(c => c.Retried).ShouldBeGreaterThan(0, "A replica was away while nobody asked it: nothing was tried.");
        }
        finally
        {
            foreach (var client in clients)
            {
                client.Dispose();
            }

            foreach (var replica in replicas)
            {
                await replica.DisposeAsync();
            }
        }
    }

    private static Task<WegoProcess> StartAsync(SandboxServer cluster, int port) =>
        WegoProcess.StartAsync(cluster, port, "--Wego:Lifecycle:DrainDelay=00:00:00.3", "--Wego:Kubernetes:Qps=1000", "--Wego:Kubernetes:Burst=1000");

    // Reads and writes in turn, on both replicas in turn.
    private static async Task<(int Calls, int Retried)> RunAsync(RpcClient[] clients, int caller, CancellationToken done)
    {
        var (calls, retried) = (0, 0);
        while (!done.IsCancellationRequested)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"web-{caller}-{calls}");
            retried += await CallAsync<CreateInstalledPackageResponse>(clients, calls, Wire.Packages("CreateInstalledPackage"), new CreateInstalledPackageRequest
            {
                AvailablePackageRef = Wire.Available("team-a", "sample/hello-web"),
                TargetContext = Wire.In("team-a"),
                Name = name,
                PkgVersionReference = new VersionReference { Version = "1.0.0" },
            });
            retried += await CallAsync<GetInstalledPackageDetailResponse>(
                clients, calls + 1, Wire.Packages("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = Wire.Installed("team-a", name) });
            retried += await CallAsync<DeleteInstalledPackageResponse>(
                clients, calls, Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", name) });
            calls++;
        }

        return (calls, retried);
    }

    /// <returns>1 where it was tried again.</returns>
    private static async Task<int> CallAsync<TResponse>(RpcClient[] clients, int first, MethodDescriptor method, IMessage request)
        where TResponse : class, IMessage<TResponse>
    {
        var options = new RpcCallOptions { BearerToken = SandboxTokens.TeamA, Timeout = TimeSpan.FromSeconds(60) };
        try
        {
            await clients[first % clients.Length].CallAsync<TResponse>(method, request, options, Cancellation);
            return 0;
        }
        catch (RpcException e) when (e.Code == RpcStatusCode.Unavailable)
        {
            await clients[(first + 1) % clients.Length].CallAsync<TResponse>(method, request, new RpcCallOptions { BearerToken = SandboxTokens.TeamA, Timeout = TimeSpan.FromSeconds(60) }, Cancellation);
            return 1;
        }
    }
}
