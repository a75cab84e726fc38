using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes.Tests;

/// <summary>Whatever the server and the sink do, the sink ends with the server's state.</summary>
public sealed class ReflectorConvergenceTests
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task TheSinkEndsWithTheServersState(int seed)
    {
        using var log = new TestLog();
        log.Expect(e => e.Exception?.Message == "the sink is unreliable, too");
        using var stop = new CancellationTokenSource();
        var cluster = new UnreliableCluster(seed);
        var sink = new MirrorSink(seed);
        var running = new Reflector(
            cluster, KubernetesIdentity.Service, ClientFactory.ConfigMaps, null, new ReflectorOptions { PageSize = 2 }, sink, new InstantTimeProvider(), log.CreateLogger("reflector")).RunAsync(stop.Token);

        for (var i = 0; i < 300; i++)
        {
            cluster.Change();
            await Task.Yield();
        }

        sink.IsUnreliable = false;
        cluster.IsUnreliable = false;
        cluster.Change();

        await sink.WaitForAsync(() => cluster.State);
        log.Entries.ShouldAllBe(e => e.Level < LogLevel.Error || e.EventId.Id == 5);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    /// <summary>Keeps what it is told, refusing now and then. Deletions and changes of what it does not know are errors of the reflector.</summary>
    private sealed class MirrorSink(int seed) : IReflectorSink
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<string, KubernetesObject> _objects = [];
        private readonly Channel<bool> _changed = Channel.CreateUnbounded<bool>();
        private readonly Lock _gate = new();

        public bool IsUnreliable { get; set; } = true;

        public async Task WaitForAsync(Func<string> expected)
        {
            while (State() != expected())
            {
                await _changed.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            }
        }

        public ValueTask ReplaceAsync(IReadOnlyList<KubernetesObject> items, CancellationToken cancellationToken) => Do(() =>
        {
            _objects.Clear();
            foreach (var item in items)
            {
                _objects.Add(item.Name, item);
            }
        });

        public ValueTask ApplyAsync(WatchEvent change, CancellationToken cancellationToken) => Do(() =>
        {
            var name = change.Object.Name;
            _objects.ContainsKey(name).ShouldBe(change.Type != WatchEventType.Added);
            if (change.Type == WatchEventType.Deleted)
            {
                _objects.Remove(name);
            }
            else
            {
                _objects[name] = change.Object;
            }
        });

        public ValueTask StaleAsync(DateTimeOffset since, KubernetesException reason, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask CurrentAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        private string State()
        {
            lock (_gate)
            {
                return UnreliableCluster.Describe(_objects.Values);
            }
        }

        private ValueTask Do(Action action)
        {
            lock (_gate)
            {
                if (IsUnreliable && _random.Next(30) == 0)
                {
                    throw new InvalidOperationException("the sink is unreliable, too");
                }

                action();
            }

            _changed.Writer.TryWrite(true);
            return ValueTask.CompletedTask;
        }
    }
}
