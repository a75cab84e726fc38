using System.Diagnostics.Metrics;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

public sealed class ClusterCircuitTests : IDisposable
{
    private static readonly KubernetesClientOptions s_options = new() { ClusterName = "far", ConnectTimeout = TimeSpan.FromMilliseconds(100) };
    private readonly TestLog _log = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task AfterFailuresInARowCallsFailAtOnceUntilATrySucceeds()
    {
        var server = await ScriptedServer.StartAsync();
        var port = server.Address.Port;
        using var client = Create(server, _log, _clock, options: s_options);
        await server.DisposeAsync();
        for (var i = 0; i < 3; i++)
        {
            (await FailAsync(client)).Message.ShouldNotContain("not tried");
        }

        var refused = await FailAsync(client);
        refused.Failure.ShouldBe(KubernetesFailure.Unreachable);
        refused.Message.ShouldStartWith("get /version: cluster 'far' cannot be reached, so this was not tried (again in 1 s). Last attempt: ");
        refused.RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));

        // It is back, but nobody looks before the time.
        await using var again = await ScriptedServer.StartAsync(port: port);
        again.Always("GET /version", 200, "{}");
        await FailAsync(client);
        again.Requests.ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await GetAsync(client);
        await GetAsync(client);
        again.Requests.Count.ShouldBe(2);
        _log.Entries.Select(e => e.Message).ShouldContain("Cluster far can be reached again");
    }

    [Fact]
    public async Task APauseIsTwiceAsLongAsTheOneBefore()
    {
        using var hole = new BlackHole();
        using var client = Create(new ClusterConfiguration(hole.Address), _log, _clock, s_options with { MaxBreak = TimeSpan.FromSeconds(4) });
        for (var i = 0; i < 3; i++)
        {
            await FailAsync(client);
        }

        foreach (var seconds in new[] { 1, 2, 4, 4 })
        {
            (await FailAsync(client)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            (await FailAsync(client)).Message.ShouldNotContain("not tried");
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(401)]
    public async Task AnAnswerOfAnyStatusIsAnAnswer(int status)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Always("GET /version", status, Json.Status(status, "", "no"));
        using var client = Create(server, _log, _clock, options: s_options);
        for (var i = 0; i < 10; i++)
        {
            await FailAsync(client);
        }

        server.Requests.Count.ShouldBe(10);
    }

    [Fact]
    public async Task OnlyFailuresInARowCount()
    {
        var server = await ScriptedServer.StartAsync();
        var port = server.Address.Port;
        using var client = Create(server, _log, _clock, options: s_options);
        for (var i = 0; i < 5; i++)
        {
            await server.DisposeAsync();
            await FailAsync(client);
            (await FailAsync(client)).Message.ShouldNotContain("not tried");
            server = await ScriptedServer.StartAsync(port: port);
            server.Always("GET /version", 200, "{}");
            await GetAsync(client);
        }

        await server.DisposeAsync();
    }

    [Fact]
    public async Task WhoGivesUpSaysNothingAboutTheCluster()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Always("GET /version", ScriptedServer.HangAsync);
        using var client = Create(server, _log, _clock, options: s_options);
        for (var i = 0; i < 5; i++)
        {
            using var leave = new CancellationTokenSource();
            var call = client.GetRawAsync(KubernetesIdentity.Service, "/version", leave.Token);
            await leave.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(call);
        }

        // Always: a request that was given up may arrive only now.
        server.Always("GET /version", 200, "{}");
        await GetAsync(client);
    }

    [Fact]
    public async Task AServerThatNeverAnswersIsAsGoodAsNone()
    {
        await using var server = await ScriptedServer.StartAsync();
        using var client = Create(server, _log, options: s_options with { RequestTimeout = TimeSpan.FromMilliseconds(200) });
        server.Always("GET /version", ScriptedServer.HangAsync);
        for (var i = 0; i < 3; i++)
        {
            (await FailAsync(client)).Failure.ShouldBe(KubernetesFailure.Timeout);
        }

        (await FailAsync(client)).Message.ShouldContain("not tried");
    }

    [Fact]
    public async Task TheMeterTellsWhichClusterIsGone()
    {
        var name = Guid.NewGuid().ToString();
        using var hole = new BlackHole();
        using var client = Create(new ClusterConfiguration(hole.Address), _log, _clock, s_options with { ClusterName = name });
        await FailAsync(client);
        Open(name).ShouldBe([0]);
        await FailAsync(client);
        await FailAsync(client);

        Open(name).ShouldBe([1]);
        client.Dispose();
        Open(name).ShouldBeEmpty();
    }

    [Fact]
    public async Task AReflectorWaitsUntilItMayTryAgain()
    {
        var server = await ScriptedServer.StartAsync();
        var port = server.Address.Port;
        using var client = Create(server, _log, _clock, options: s_options);
        await server.DisposeAsync();
        for (var i = 0; i < 3; i++)
        {
            await FailAsync(client);
        }

        var sink = new RecordingSink();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var options = new ReflectorOptions { MinBackoff = TimeSpan.FromMilliseconds(1), MaxBackoff = TimeSpan.FromMilliseconds(1) };
        var running = new Reflector(client, KubernetesIdentity.Service, ConfigMaps, null, options, sink, _clock, _log.CreateLogger("reflector")).RunAsync(stop.Token);
        (await sink.NextAsync()).ShouldBe("stale Unreachable");
        await _clock.WaitForTimersAsync();
        await using var again = await ScriptedServer.StartAsync(port: port);
        again.Always("GET /api/v1/configmaps", 200, Json.List("1", null));
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        sink.IsSilent.ShouldBeTrue();
        again.Requests.ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        (await sink.NextAsync()).ShouldBe("replace ");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
    }

    private static int[] Open(string cluster)
    {
        var found = new List<int>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == "wego.kubernetes.circuit.open")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<int>((_, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new KeyValuePair<string, object?>("k8s.cluster.name", cluster)))
            {
                found.Add(value);
            }
        });
        meters.Start();
        meters.RecordObservableInstruments();
        return [.. found];
    }

    private static Task GetAsync(KubernetesClient client) => client.GetRawAsync(KubernetesIdentity.Service, "/version", Cancellation);

    private static Task<KubernetesException> FailAsync(KubernetesClient client) => Should.ThrowAsync<KubernetesException>(() => GetAsync(client));
}
