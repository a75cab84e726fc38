using System.Collections.Immutable;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains.Tests;

/// <summary>Repositories whose packages lie in the cluster: objects with <c>package</c>, and <c>title</c> for descriptions or <c>version</c>. Counts what it builds.</summary>
internal sealed class FakeWatchedFormat : IRepositoryFormat, ICatalogueObjects
{
    public const string GlobalName = "global";

    private int _built;

    /// <summary>How many packages have been built.</summary>
    public int Built => Volatile.Read(ref _built);

    public WatchedKind RepositoryKind { get; } = new("fake.test", "sources", ["v1"]);

    public string? GlobalNamespace => GlobalName;

    public ICatalogueObjects? Objects => this;

    public ImmutableArray<WatchedKind> Kinds { get; } = [new("fake.test", "titles", ["v1"]), new("fake.test", "versions", ["v1"])];

    public string UnnamedRepository => "unnamed";

    public CatalogueScope ReadScope(string cluster, string ns) => new(cluster, Namespaces: null);

    public RepositorySummary ReadRepository(string cluster, KubernetesObject obj) => new()
    {
        Ref = new RepositoryRef(FakePlugins.Watched, cluster, obj.Namespace, obj.Name),
        Type = "fake",
        Url = obj.Text("spec", "url"),
        Status = new RepositoryStatus(true, RepositoryStatusReason.Success, ""),
    };

    public CatalogueObject? Read(KubernetesObject obj) => obj.Text("spec", "package") is not { Length: > 0 } package ? null : new CatalogueObject
    {
        Package = package,
        Repository = obj.Text("spec", "repository"),
        Revision = $"{obj.Kind}/{obj.Name}/{obj.ResourceVersion}",
        Description = obj.Text("spec", "title") is { Length: > 0 } title ? new PackageDescription { DisplayName = title } : null,
        Version = obj.Text("spec", "version"),
    };

    public CataloguePackage? Build(PackageObjects package, out string? problem)
    {
        Interlocked.Increment(ref _built);
        problem = package.Description is null ? $"{package.Name} has no title" : package.Versions.IsEmpty ? $"{package.Name} has no versions" : null;
        if (problem is not null)
        {
            return null;
        }

        var table = new VersionTableBuilder(new StringPool());
        foreach (var version in package.Versions.Select(v => v.Version).OrderDescending(StringComparer.Ordinal))
        {
            table.Add(version, "", null, null, []);
        }

        return new CataloguePackage { Name = package.Name, Id = package.Name, DisplayName = package.Description!.Description!.DisplayName, Versions = table.Build() };
    }

    public Task<PackageContent> FetchContentAsync(RepositoryRef repository, KubernetesObject obj, CataloguePackage package, string version, PluginCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new PackageContent { Name = package.Name, Version = version, Readme = $"of {repository.Namespace}/{repository.Name}" });

    public Task<RepositoryDetail> ReadDetailAsync(RepositoryRef repository, KubernetesObject obj, PluginCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new RepositoryDetail { Summary = ReadRepository(repository.Cluster, obj) });

    public Task AddAsync(AddRepository request, PluginCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task UpdateAsync(UpdateRepository request, PluginCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(RepositoryRef repository, PluginCall call, CancellationToken cancellationToken) => throw new NotSupportedException();
}
