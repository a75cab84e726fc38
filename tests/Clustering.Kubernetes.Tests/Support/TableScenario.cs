using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;

namespace Wego.Clustering.Tests;

/// <summary>A table of its own in a cluster.</summary>
public sealed class TableScenario : IDisposable
{
    public const string Namespace = "default";
    private readonly TestLog _log = new();
    private readonly SiloTableKind _kind;

    public TableScenario(ClusterConfiguration cluster, SiloTableKind kind, string? name = null)
    {
        Name = name ?? $"table-{Guid.NewGuid():N}";
        _kind = kind;
        Client = new KubernetesClient(cluster, new KubernetesClientOptions { Qps = 0 }, TimeProvider.System, _log);
        Store = NewStore();
    }

    public static DateTimeOffset Noon { get; } = new(2026, 5, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public string Name { get; }

    public KubernetesClient Client { get; }

    /// <summary>The table as one silo sees it.</summary>
    public SiloTableStore Store { get; }

    public GroupVersionResource Resource => _kind == SiloTableKind.ConfigMap ? new("", "v1", "configmaps") : new("wego.dev", "v1", "siloclusters");

    public string Kind => _kind.ToString();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The table as another silo sees it.</summary>
    public SiloTableStore NewStore() => new(
        new OneClient(Client), Options.Create(new SiloTableOptions { Namespace = Namespace, Name = Name, Kind = _kind }), TimeProvider.System);

    public static SiloRow Row(int number, SiloState state = SiloState.Joining) => new()
    {
        Key = new SiloKey(number % 2 == 0 ? IPAddress.Parse($"10.0.0.{number % 250}") : IPAddress.Parse($"fd00::{number:x}"), 11111, number),
        State = state,
        Name = $"wego-{number}",
        HostName = $"host-{number}",
        GatewayPort = 30000,
        StartedAt = Noon,
        AliveAt = Noon.AddTicks(1),
    };

    /// <summary>Adds rows, one after the other.</summary>
    public async Task<SiloTable> FillAsync(params SiloRow[] rows)
    {
        await Store.InitializeAsync(Cancellation);
        foreach (var row in rows)
        {
            var table = await Store.ReadAsync(Cancellation);
            (await Store.TryInsertAsync(row, table.Version + 1, table.Etag, Cancellation)).ShouldBeTrue();
        }

        return await Store.ReadAsync(Cancellation);
    }

    public Task<KubernetesObject> ObjectAsync() => Client.GetAsync(KubernetesIdentity.Service, Resource, Namespace, Name, Cancellation);

    public Task WriteAsync(JsonObject manifest) => Client.ReplaceAsync(KubernetesIdentity.Service, Resource, Namespace, Name, manifest, new WriteOptions(), Cancellation);

    public void Dispose()
    {
        Client.Dispose();
        _log.Dispose();
    }
}
