using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Wego.Packages.V1;
using Wego.Rpc.Client;
using Wego.Sandbox;

namespace Wego.Perf.Api.Benchmarks;

/// <summary>From the change of a HelmRelease in the API server until a streaming client has the event.</summary>
internal static class ReleaseEvents
{
    // Each of the releases changes once a second.
    private const int PerSecond = 20, Releases = 20;

    private const string NamePrefix = "changing-";

    public static async IAsyncEnumerable<Result> RunAsync(MeasuredServer server, TimeSpan duration)
    {
        for (var i = 0; i < Releases; i++)
        {
            FluxObjects.CreateRelease(server.Cluster.Store, MeasuredServer.Namespace, Name(i), "absent", "absent");
        }

        using var stop = new CancellationTokenSource();
        var synced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var changes = new ConcurrentDictionary<int, (long Start, TaskCompletionSource Arrived)>();
        var latencies = new Latencies();
        var reader = ReadAsync();
        await synced.Task;

        var warmUp = PerSecond * 3;
        await OpenLoop.RunAsync(PerSecond, TimeSpan.FromSeconds(3), ChangeAsync);
        latencies = new Latencies();
        await OpenLoop.RunAsync(PerSecond, duration, i => ChangeAsync(warmUp + i));
        await stop.CancelAsync();
        await reader;

        yield return new Result($"change of a HelmRelease until its event, {PerSecond}/s", latencies.ToString(), "p99 at most 100 ms", latencies.Percentile(0.99) <= 100);

        async Task ChangeAsync(int number)
        {
            var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            changes[number] = (Stopwatch.GetTimestamp(), arrived);
            server.Cluster.Store.Update(FluxObjects.HelmReleases, MeasuredServer.Namespace, Name(number), release =>
                ((JsonObject)release["spec"]!["chart"]!["spec"]!)["version"] = FormattableString.Invariant($"1.0.{number}"));
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        void OnEvent(int number)
        {
            // Events tell the latest state: where it overtook one before, that one has arrived, too.
            for (; number >= 0 && changes.TryRemove(number, out var change); number -= Releases)
            {
                latencies.AddSince(change.Start);
                change.Arrived.TrySetResult();
            }
        }

        async Task ReadAsync()
        {
            var request = new WatchInstalledPackagesRequest { Context = Wire.In(MeasuredServer.Namespace) };
            try
            {
                await foreach (var change in server.Client.StreamAsync<WatchInstalledPackagesResponse>(
                    Wire.WatchInstalledPackages, request, new RpcCallOptions { BearerToken = SandboxTokens.TeamA }, stop.Token))
                {
                    if (change.Type == WatchInstalledPackagesResponse.Types.Type.Synced)
                    {
                        synced.TrySetResult();
                    }
                    else if (change.InstalledPackageSummary.Name.StartsWith(NamePrefix, StringComparison.Ordinal))
                    {
                        OnEvent(int.Parse(change.InstalledPackageSummary.PkgVersionReference.Version.Split('.')[^1], CultureInfo.InvariantCulture));
                    }
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Measured enough.
            }
            catch (Exception e)
            {
                synced.TrySetException(e);
                throw;
            }
        }
    }

    private static string Name(int number) => FormattableString.Invariant($"{NamePrefix}{number % Releases}");
}
