using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Wego.GrainRuntime.Tests.Turns;

namespace Wego.GrainRuntime.Tests.Diagnostics;

public sealed class DiagnosticsTests
{
    [Fact]
    public async Task ACallIsTracedOnBothSidesInOneTrace()
    {
        await using var cluster = await GrainTestCluster.StartAsync(silo => silo.AddActivityPropagation());
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.Orleans.Application",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var root = new Activity("test").Start();

        await cluster.Grain<ITurnsGrain>("a").EchoAsync("text");

        var own = spans.Where(s => s.TraceId == root.TraceId && s.DisplayName == "ITurnsGrain/EchoAsync").ToArray();
        var client = own.Single(s => s.Kind == ActivityKind.Client);
        var server = own.Single(s => s.Kind == ActivityKind.Server);
        client.ParentSpanId.ShouldBe(root.SpanId);
        server.ParentSpanId.ShouldBe(client.SpanId);
        server.GetTagItem("rpc.system.name").ShouldBe("orleans");
        Activity.Current.ShouldBe(root);
    }

    [Fact]
    public async Task ActivationsAreCounted()
    {
        await using var cluster = await GrainTestCluster.StartAsync();
        var meters = cluster.Services.GetRequiredService<IMeterFactory>();
        var seen = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "orleans-catalog-activations" && instrument.Meter.Scope == meters)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => seen = value);
        listener.Start();

        await cluster.Grain<ITurnsGrain>("a").EchoAsync("text");
        listener.RecordObservableInstruments();

        seen.ShouldBeGreaterThan(0);
    }
}
