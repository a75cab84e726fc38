using System.Threading.Channels;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains.Tests;

/// <summary>Repositories whose refreshes the test ends by hand. The fingerprint is the address, the remote side its host, the interval is in minutes.</summary>
internal sealed class FakeRepositoryFormat : IRepositoryFormat
{
    private readonly Channel<PendingRefresh> _refreshes = Channel.CreateUnbounded<PendingRefresh>();

    public WatchedKind RepositoryKind { get; } = new("fake.test", "repositories", ["v2", "v1"]);

    public string? GlobalNamespace => null;

    /// <summary>How many refreshes have begun.</summary>
    public int Refreshes { get; private set; }

    /// <summary>The next refresh to begin.</summary>
    public async Task<PendingRefresh> NextAsync() =>
        await _refreshes.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public CatalogueScope ReadScope(string cluster, string ns) => new(cluster, Namespaces: null);

    public RepositorySummary ReadRepository(string cluster, KubernetesObject obj) => new()
    {
        Ref = new RepositoryRef(FakePlugins.Id, cluster, obj.Namespace, obj.Name),
        Type = "fake",
        Url = obj.Text("spec", "url"),
        Status = new RepositoryStatus(true, RepositoryStatusReason.Success, ""),
    };

    public RefreshSchedule ReadSchedule(KubernetesObject obj) => new(
        TimeSpan.FromMinutes(obj.Find("spec", "interval").GetInt32()),
        obj.Find("spec", "suspend").GetBoolean(),
        obj.Text("spec", "url"))
    {
        Remote = new Uri(obj.Text("spec", "url")).Host,
    };

    public Task<CatalogueRefresh> RefreshAsync(RepositoryRef repository, KubernetesObject obj, CatalogueValidators? previous, PluginCall call, CancellationToken cancellationToken)
    {
        var refresh = new PendingRefresh(obj, previous);
        Refreshes++;
        _refreshes.Writer.TryWrite(refresh);
        return refresh.EndAsync(cancellationToken);
    }

    public Task<PackageContent> FetchContentAsync(RepositoryRef repository, KubernetesObject obj, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new PackageContent { Name = package.Name, Version = version, Readme = $"from {obj.Text("spec", "url")}" });

    public Task<RepositoryDetail> ReadDetailAsync(RepositoryRef repository, KubernetesObject obj, PluginCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new RepositoryDetail { Summary = ReadRepository(repository.Cluster, obj) });

    public Task AddAsync(AddRepository request, PluginCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task UpdateAsync(UpdateRepository request, PluginCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(RepositoryRef repository, PluginCall call, CancellationToken cancellationToken) => throw new NotSupportedException();
}
