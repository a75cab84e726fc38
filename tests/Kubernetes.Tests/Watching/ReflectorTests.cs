using Microsoft.Extensions.Logging;
using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

/// <summary>
/// The reflector and the client together against a scripted server. The reflector runs on a clock of its own, on which nothing but
/// its pauses has timers.
/// </summary>
public sealed class ReflectorTests : IAsyncLifetime
{
    private const string List = "GET /api/v1/configmaps";
    private readonly TestLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private RecordingSink _sink = new();
    private readonly CancellationTokenSource _stop = new();
    private ScriptedServer _server = null!;
    private KubernetesClient _client = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _client = Create(_server, _log);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => _running);
        _client.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task ListsPageByPageThenWatchesFromTheList()
    {
        _server.On(List, 200, Json.List("10", "more", Json.ConfigMap("a", "1"))).On(List, 200, Json.List("10", null, Json.ConfigMap("b", "2")));
        var watch = Watch();
        Start(new ReflectorOptions { PageSize = 1, LabelSelector = "app=x" });

        (await _sink.NextAsync()).ShouldBe("replace a@1,b@2");
        await watch.Opened;
        watch.Send(Json.Event("ADDED", Json.ConfigMap("c", "11")))
            .Send(Json.Bookmark("12"))
            .Send(Json.Event("MODIFIED", Json.ConfigMap("a", "13")) + Json.Event("DELETED", Json.ConfigMap("b", "14")));

        (await _sink.NextAsync()).ShouldBe("added c@11");
        (await _sink.NextAsync()).ShouldBe("modified a@13");
        (await _sink.NextAsync()).ShouldBe("deleted b@14");
        _server.Requests[0].Query.ShouldBe(new Dictionary<string, string> { ["limit"] = "1", ["labelSelector"] = "app=x" });
        _server.Requests[1].Query["continue"].ShouldBe("more");
        var query = _server.Requests[2].Query;
        query["watch"].ShouldBe("true");
        query["allowWatchBookmarks"].ShouldBe("true");
        query["resourceVersion"].ShouldBe("10");
        query["labelSelector"].ShouldBe("app=x");
        int.Parse(query["timeoutSeconds"]).ShouldBeInRange(300, 600);
    }

    [Fact]
    public async Task ADroppedWatchIsResumedFromTheLastVersionWithoutAWord()
    {
        _server.On(List, 200, Json.List("10", null));
        var first = Watch();
        Start();
        (await _sink.NextAsync()).ShouldBe("replace ");
        first.Send(Json.Event("ADDED", Json.ConfigMap("a", "11"))).Send(Json.Bookmark("20"));
        (await _sink.NextAsync()).ShouldBe("added a@11");

        // After a break the server's present version is looked at before resuming.
        _server.On(List, 200, Json.List("20", null));
        var second = Watch();
        first.Break();
        await PauseAsync();
        await second.Opened;
        second.Send(Json.Event("MODIFIED", Json.ConfigMap("a", "21")));

        (await _sink.NextAsync()).ShouldBe("modified a@21");
        _server.Requests.Count.ShouldBe(4);
        _server.Requests[2].Query["limit"].ShouldBe("1");
        _server.Requests[3].Query["resourceVersion"].ShouldBe("20");
    }

    [Fact]
    public async Task AnExpiredWatchListsAgainAtOnceAndReplacesTheState()
    {
        _server.On(List, 200, Json.List("10", null, Json.ConfigMap("a", "1"), Json.ConfigMap("b", "2")));
        var first = Watch();
        Start();
        (await _sink.NextAsync()).ShouldBe("replace a@1,b@2");

        _server.On(List, 200, Json.List("90", null, Json.ConfigMap("a", "80")));
        var second = Watch();
        first.Send(Json.Event("ERROR", Json.Status(410, "Expired", "too old resource version: 10 (70)")));

        (await _sink.NextAsync()).ShouldBe("replace a@80");
        await second.Opened;
        _server.Requests[^1].Query["resourceVersion"].ShouldBe("90");
        _sink.IsSilent.ShouldBeTrue();
    }

    [Fact]
    public async Task AWatchRefusedWith410ListsAgain()
    {
        _server.On(List, 200, Json.List("10", null)).On(List, 200, Json.List("30", null))
            .OnWatch(List, ScriptedServer.Answer(410, Json.Status(410, "Gone", "too old")));
        var watch = Watch();
        Start();

        (await _sink.NextAsync()).ShouldBe("replace ");
        (await _sink.NextAsync()).ShouldBe("replace ");
        await watch.Opened;
        _server.Requests[^1].Query["resourceVersion"].ShouldBe("30");
    }

    [Fact]
    public async Task ASinkThatTakesPagesGetsThemOneByOneAndNothingTwice()
    {
        _sink = new RecordingSink { TakesPages = true };
        _server
            .On(List, 200, Json.List("10", "more", Json.ConfigMap("old", "1")))
            .On(List, 410, Json.Status(410, "Expired", "The provided continue parameter is too old"))
            .On(List, 200, Json.List("11", "more", Json.ConfigMap("a", "1")))
            .On(List, 200, Json.List("11", null, Json.ConfigMap("b", "2")));
        Watch();
        Start(new ReflectorOptions { PageSize = 1 });

        (await _sink.NextAsync()).ShouldBe("first old@1");
        (await _sink.NextAsync()).ShouldBe("first a@1");
        (await _sink.NextAsync()).ShouldBe("further b@2");
        (await _sink.NextAsync()).ShouldBe("replace ");
    }

    [Fact]
    public async Task AnExpiredContinueTokenStartsTheListAgainWithoutThePagesAlreadyRead()
    {
        _server.On(List, 200, Json.List("10", "next", Json.ConfigMap("gone", "1")))
            .On(List, 410, Json.Status(410, "Expired", "The provided continue parameter is too old"))
            .On(List, 200, Json.List("50", null, Json.ConfigMap("a", "2")));
        var watch = Watch();
        Start();

        (await _sink.NextAsync()).ShouldBe("replace a@2");
        await watch.Opened;
        _server.Requests[2].Query.Keys.ShouldNotContain("continue");
    }

    [Fact]
    public async Task AListThatOutlivesItsTokensTwiceIsReadAtOnce()
    {
        for (var i = 0; i < 2; i++)
        {
            _server.On(List, 200, Json.List("10", "next")).On(List, 410, Json.Status(410, "Expired", "The provided continue parameter is too old"));
        }

        _server.On(List, 200, Json.List("50", null, Json.ConfigMap("a", "2")));
        Watch();
        Start();

        (await _sink.NextAsync()).ShouldBe("replace a@2");
        _server.Requests[4].Query.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheSinkHearsOnceThatItIsStaleAndWhenItIsCurrentAgain()
    {
        _server.On(List, 200, Json.List("10", null));
        var first = Watch();
        Start();
        (await _sink.NextAsync()).ShouldBe("replace ");
        await first.Opened;
        _time.Advance(TimeSpan.FromMinutes(2));
        first.Send(Json.Event("ADDED", Json.ConfigMap("a", "11")));
        (await _sink.NextAsync()).ShouldBe("added a@11");
        var last = _time.GetUtcNow();

        _server.Always(List, 503, Json.Status(503, "ServiceUnavailable", "apiserver is shutting down"));
        _time.Advance(TimeSpan.FromMinutes(1));
        first.Break();
        await PauseAsync();
        (await _sink.NextAsync()).ShouldBe("stale Unavailable");
        await PauseAsync();
        await _time.WaitForTimersAsync();
        _sink.IsSilent.ShouldBeTrue();
        _sink.StaleSince.ShouldBe([last]);

        _server.On(List, 200, Json.List("11", null));
        var second = Watch();
        await PauseAsync();
        (await _sink.NextAsync()).ShouldBe("current");
        await second.Opened;
        _server.Requests[^1].Query["resourceVersion"].ShouldBe("11");
    }

    [Fact]
    public async Task RetryAfterIsHonoured()
    {
        _server.Always(List, ScriptedServer.Throttled(100));
        Start();
        (await _sink.NextAsync()).ShouldBe("stale Throttled");
        await _time.WaitForTimersAsync();
        _server.On(List, 200, Json.List("10", null));
        var before = _server.Requests.Count;

        _time.Advance(TimeSpan.FromSeconds(99));
        _server.Requests.Count.ShouldBe(before);
        var watch = Watch();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await _sink.NextAsync()).ShouldBe("replace ");
        (await _sink.NextAsync()).ShouldBe("current");
        await watch.Opened;
    }

    [Fact]
    public async Task AServerWithANewHistoryIsListedAgain()
    {
        _server.On(List, 200, Json.List("1000", null, Json.ConfigMap("old", "900")));
        var first = Watch();
        Start();
        (await _sink.NextAsync()).ShouldBe("replace old@900");
        first.Send(Json.Event("DELETED", Json.ConfigMap("old", "1001")));
        (await _sink.NextAsync()).ShouldBe("deleted old@1001");

        // The restored server is at version 5: a watch from 1001 would wait for ever.
        _server.On(List, 200, Json.List("5", null)).On(List, 200, Json.List("5", null, Json.ConfigMap("new", "4")));
        var second = Watch();
        first.Break();
        await PauseAsync();
        await PauseAsync();

        (await _sink.NextAsync()).ShouldBe("replace new@4");
        await second.Opened;
        _server.Requests[^1].Query["resourceVersion"].ShouldBe("5");
    }

    [Fact]
    public async Task ABookmarkFromBeforeTheListLeadsToAnotherList()
    {
        _server.On(List, 200, Json.List("1000", null));
        var first = Watch();
        Start();
        (await _sink.NextAsync()).ShouldBe("replace ");

        _server.On(List, 200, Json.List("6", null, Json.ConfigMap("new", "6")));
        Watch();
        first.Send(Json.Bookmark("5"));

        (await _sink.NextAsync()).ShouldBe("replace new@6");
    }

    [Fact]
    public async Task AFailingSinkIsLoggedAndGetsTheWholeStateAgain()
    {
        _log.Expect(e => e is { Level: LogLevel.Error, EventId.Id: 5 });
        _server.Always(List, 200, Json.List("10", null, Json.ConfigMap("a", "1")));
        var first = Watch();
        Start();
        (await _sink.NextAsync()).ShouldBe("replace a@1");
        _sink.Before = line => line.StartsWith("added", StringComparison.Ordinal) ? throw new InvalidOperationException("the sink is broken") : default;

        Watch();
        first.Send(Json.Event("ADDED", Json.ConfigMap("b", "11")));
        await PauseAsync();

        (await _sink.NextAsync()).ShouldBe("replace a@1");
        _log.Entries.ShouldContain(e => e.EventId.Id == 5 && e.Exception!.Message == "the sink is broken");
    }

    [Fact]
    public async Task AServerThatIsDownAtTheStartIsFoundWhenItComesUp()
    {
        var address = _server.Address;
        await _server.DisposeAsync();
        Start();
        (await _sink.NextAsync()).ShouldBe("stale Unreachable");
        await _time.WaitForTimersAsync();

        _server = await ScriptedServer.StartAsync(port: address.Port);
        _server.Always(List, 200, Json.List("10", null, Json.ConfigMap("a", "1")));
        Watch();
        await PauseAsync();

        (await _sink.NextAsync()).ShouldBe("replace a@1");
        (await _sink.NextAsync()).ShouldBe("current");
    }

    [Fact]
    public async Task GarbageOnAWatchIsADroppedWatch()
    {
        _server.On(List, 200, Json.List("10", null));
        var first = Watch();
        Start();
        (await _sink.NextAsync()).ShouldBe("replace ");
        first.Send(Json.Event("ADDED", Json.ConfigMap("a", "11")));
        (await _sink.NextAsync()).ShouldBe("added a@11");

        _server.On(List, 200, Json.List("11", null));
        var second = Watch();
        first.Send("<html>gateway timeout</html>\n");
        await PauseAsync();

        await second.Opened;
        _server.Requests[^1].Query["resourceVersion"].ShouldBe("11");
    }

    private ScriptedWatch Watch()
    {
        var watch = new ScriptedWatch();
        _server.OnWatch(List, watch.Answer(_server.Stopping));
        return watch;
    }

    private void Start(ReflectorOptions? options = null) =>
        _running = new Reflector(
            _client, KubernetesIdentity.Service, ConfigMaps, null, options ?? new ReflectorOptions(), _sink, _time, _log.CreateLogger("reflector")).RunAsync(_stop.Token);

    /// <summary>Lets the reflector's current pause pass, once it has begun.</summary>
    private async Task PauseAsync()
    {
        await _time.WaitForTimersAsync();
        _time.Advance(TimeSpan.FromSeconds(31));
    }
}
