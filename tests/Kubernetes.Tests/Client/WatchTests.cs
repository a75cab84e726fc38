using static Wego.Kubernetes.Tests.ClientFactory;

namespace Wego.Kubernetes.Tests;

public sealed class WatchTests : IAsyncLifetime
{
    private const string Path = "GET /api/v1/namespaces/default/configmaps";
    private readonly TestLog _log = new();
    private readonly ScriptedWatch _watch = new();
    private ScriptedServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _server.OnWatch(Path, _watch.Answer(_server.Stopping));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task EventsArriveAsTheyAreWrittenHoweverTheyAreCut()
    {
        using var client = Create(_server, _log);
        await using var events = Start(client);
        var large = Json.Event("ADDED", Json.ConfigMap(new string('x', 200_000), "1"));
        _watch.Send(large[..7]).Send(large[7..100_000]).Send(large[100_000..] + "\n" + Json.Event("MODIFIED", Json.ConfigMap("b", "2")) + "{\"object\":");

        (await events.MoveNextAsync()).ShouldBeTrue();
        events.Current.Type.ShouldBe(WatchEventType.Added);
        events.Current.Object.Name.Length.ShouldBe(200_000);
        (await events.MoveNextAsync()).ShouldBeTrue();
        events.Current.Object.ToString().ShouldBe(Json.ConfigMap("b", "2"));

        // The type may come last, and the last line may lack its end.
        _watch.Send(Json.ConfigMap("c", "3") + ",\"type\":\"DELETED\"}").End();
        (await events.MoveNextAsync()).ShouldBeTrue();
        events.Current.Type.ShouldBe(WatchEventType.Deleted);
        (await events.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task OpenedIsCalledBeforeAnyEvent()
    {
        using var client = Create(_server, _log);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var events = Start(client, new WatchOptions("5", MetadataOnly: true, Opened: opened.SetResult));
        var next = events.MoveNextAsync();

        await opened.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        next.IsCompleted.ShouldBeFalse();
        _server.Requests[0].Headers.Accept.ToString().ShouldStartWith("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,");
        _watch.End();
        (await next).ShouldBeFalse();
    }

    [Fact]
    public async Task AnErrorEventIsAnException()
    {
        using var client = Create(_server, _log);
        await using var events = Start(client);
        _watch.Send(Json.Event("ERROR", Json.Status(410, "Expired", "too old resource version")));

        var error = await Should.ThrowAsync<KubernetesException>(async () => await events.MoveNextAsync());
        error.Failure.ShouldBe(KubernetesFailure.Expired);
    }

    [Theory]
    [InlineData("no json\n", KubernetesFailure.Unavailable)]
    [InlineData("[]\n", KubernetesFailure.Unavailable)]
    [InlineData("{\"type\":\"ADDED\"}\n", KubernetesFailure.Unavailable)]
    [InlineData("{\"type\":\"NEW\",\"object\":{}}\n", KubernetesFailure.Unavailable)]
    public async Task GarbageIsAnException(string line, KubernetesFailure expected)
    {
        using var client = Create(_server, _log);
        await using var events = Start(client);
        _watch.Send(line);

        (await Should.ThrowAsync<KubernetesException>(async () => await events.MoveNextAsync())).Failure.ShouldBe(expected);
    }

    [Fact]
    public async Task AnEventLargerThanTheBoundIsRefused()
    {
        using var client = Create(_server, _log, options: new KubernetesClientOptions { MaxWatchEventBytes = 10_000 });
        await using var events = Start(client);
        _watch.Send(new string(' ', 20_000));

        (await Should.ThrowAsync<KubernetesException>(async () => await events.MoveNextAsync())).Failure.ShouldBe(KubernetesFailure.TooLarge);
    }

    [Fact]
    public async Task ABrokenConnectionIsUnreachable()
    {
        using var client = Create(_server, _log);
        await using var events = Start(client);
        _watch.Break();

        (await Should.ThrowAsync<KubernetesException>(async () => await events.MoveNextAsync())).Failure.ShouldBe(KubernetesFailure.Unreachable);
    }

    [Fact]
    public async Task ASilentWatchIsGivenUp()
    {
        var time = new FakeTimeProvider();
        using var client = Create(_server, _log, time);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var events = Start(client, new WatchOptions("5", Opened: opened.SetResult));
        var next = events.MoveNextAsync().AsTask();
        await opened.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await time.WaitForTimersAsync();

        time.Advance(TimeSpan.FromMinutes(5));

        (await Should.ThrowAsync<KubernetesException>(() => next)).Failure.ShouldBe(KubernetesFailure.Timeout);
        await _watch.Closed;
    }

    [Fact]
    public async Task LeavingTheLoopClosesTheRequest()
    {
        using var client = Create(_server, _log);
        _watch.Send(Json.Event("ADDED", Json.ConfigMap("a", "1")));
        await foreach (var change in client.WatchAsync(KubernetesIdentity.Service, ConfigMaps, "default", new WatchOptions(), Cancel))
        {
            change.Object.Name.ShouldBe("a");
            break;
        }

        await _watch.Closed;
    }

    private static IAsyncEnumerator<WatchEvent> Start(KubernetesClient client, WatchOptions? options = null) =>
        client.WatchAsync(KubernetesIdentity.Service, ConfigMaps, "default", options ?? new WatchOptions("5"), Cancel).GetAsyncEnumerator(Cancel);
}
