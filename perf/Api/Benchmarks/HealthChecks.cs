using System.Diagnostics;
using Grpc.Health.V1;

namespace Wego.Perf.Api.Benchmarks;

/// <summary>The cheapest call there is, under the same load: what the machine, the client and the protocol take.</summary>
internal static class HealthChecks
{
    public static async Task<(Latencies Latencies, TimeSpan ProcessorPerCall)> MeasureAsync(MeasuredServer server, int perSecond, TimeSpan duration)
    {
        var method = HealthReflection.Descriptor.Services[0].FindMethodByName("Check");
        var latencies = new Latencies();
        var busy = Environment.CpuUsage.TotalTime;
        await OpenLoop.RunAsync(perSecond, duration, async _ =>
        {
            var start = Stopwatch.GetTimestamp();
            await server.Client.CallAsync<HealthCheckResponse>(method, new HealthCheckRequest());
            latencies.AddSince(start);
        });
        return (latencies, (Environment.CpuUsage.TotalTime - busy) / latencies.Count);
    }
}
