using System.Diagnostics;
using System.Diagnostics.Metrics;
using Wego.Rpc.Client;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Call_is_traced_and_measured_without_what_the_user_sent()
    {
        var trace = ActivityTraceId.CreateRandom();
        var stopped = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Wego.Rpc",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _ = activity.TraceId == trace && stopped.TrySetResult(activity),
        };
        ActivitySource.AddActivityListener(activities);
        var measured = new TaskCompletionSource<KeyValuePair<string, object?>[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "rpc.server.call.duration")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            // Other tests run at the same time; their calls of this method have the same tags.
            if (tags.ToArray().Contains(new("rpc.method", "wego.rpc.test.v1.EchoService/Missing")) && tags.ToArray().Contains(new("rpc.system.name", "connectrpc")))
            {
                measured.TrySetResult(tags.ToArray());
            }
        });
        meters.Start();

        await using var server = await EchoServer.StartAsync();
        using var client = new RpcClient(server.Address, RpcClientProtocol.Connect);
        var options = new RpcCallOptions { BearerToken = "very-secret" };
        options.Headers.TraceParent = $"00-{trace}-00f067aa0ba902b7-01";
        var missing = EchoReflection.Descriptor.Services[0].FindMethodByName("Missing");
        await Should.ThrowAsync<RpcException>(() => client.CallAsync<EchoResponse>(missing, new EchoRequest { Message = "private" }, options));

        var activity = await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
        activity.DisplayName.ShouldBe("wego.rpc.test.v1.EchoService/Missing");
        activity.Kind.ShouldBe(ActivityKind.Server);
        activity.Status.ShouldBe(ActivityStatusCode.Error);
        (string, object?)[] expected =
        [
            ("rpc.system.name", "connectrpc"),
            ("rpc.method", "wego.rpc.test.v1.EchoService/Missing"),
            ("wego.rpc.kind", "unary"),
            ("rpc.response.status_code", "UNIMPLEMENTED"),
            ("error.type", "UNIMPLEMENTED"),
        ];
        activity.TagObjects.Select(t => (t.Key, t.Value)).ShouldBe(expected);
        (await measured.Task.WaitAsync(TimeSpan.FromSeconds(30))).Select(t => (t.Key, t.Value)).ShouldBe(expected);
    }
}
