using NSubstitute;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend.Tests;

/// <summary>Plugins with repositories whose grains answer from catalogues that the test gives.</summary>
internal sealed class FakeServer
{
    public const string Cluster = "default";
    private readonly Dictionary<string, List<RepositoryEntry>> _repositories = [];

    public FakeServer(params string[] plugins)
    {
        Clusters.DefaultClusterName.Returns(Cluster);
        Clusters.Names.Returns([Cluster]);
        Reviewer.ReviewAsync(null!, null!, null!, default).ReturnsForAnyArgs(new AccessDecision(true, ""));
        RegisteredPlugin[] registered = [.. plugins.Select(Plugin)];
        Registry.Plugins.Returns(registered);
        Registry.Find("").ReturnsForAnyArgs(call => registered.FirstOrDefault(p => p.Id.Name == call.Arg<string>()));
    }

    public IGrainFactory Grains { get; } = Substitute.For<IGrainFactory>();

    public IKubernetesClients Clusters { get; } = Substitute.For<IKubernetesClients>();

    public IAccessReviewer Reviewer { get; } = Substitute.For<IAccessReviewer>();

    public IPluginRegistry Registry { get; } = Substitute.For<IPluginRegistry>();

    public FakeTimeProvider Clock { get; } = new();

    public static PluginId Id(string plugin) => new(plugin, "v1");

    public RequestScope Scope(string? only = null) => new(Registry, Clusters, only is null ? null : Id(only));

    public PackagesService Packages()
    {
        var (access, options) = (new PackageAccess(Reviewer, Clusters), Microsoft.Extensions.Options.Options.Create(new FrontendOptions()));
        var resolver = new PackageResolver(Grains, Registry);
        var lookup = new CatalogueLookup(Grains, Registry, access, new SourceFinder(Grains, Registry, access, options, Clock), resolver, options, Clock);
        var installed = new InstalledReader(Grains, access);
        return new PackagesService(
            Scope(),
            Grains,
            access,
            new CatalogueReader(Grains, access, options, Clock),
            lookup,
            installed,
            new ChangeReader(Grains, access, installed, lookup, resolver),
            resolver,
            Substitute.For<IPackageHost>(),
            new Visibility(options, Clock));
    }

    /// <summary>Adds a repository; its packages have the one version 1.0.0.</summary>
    public void AddRepository(string plugin, string ns, string name, params IEnumerable<string> packages)
    {
        var reference = new RepositoryRef(Id(plugin), Cluster, ns, name);
        var catalogue = Catalogue.Create(packages.Select(p => new CataloguePackage { Name = p, Id = Uri.EscapeDataString(p), DisplayName = p, Versions = OneVersion() }));
        AddRepository(reference, (query, _) => Task.FromResult(Search(reference, catalogue, query)));
    }

    /// <summary>Adds a repository that answers in its own way.</summary>
    public void AddRepository(string plugin, string ns, string name, Func<CancellationToken, Task<CatalogueSlice>> search) =>
        AddRepository(new RepositoryRef(Id(plugin), Cluster, ns, name), (_, cancellationToken) => search(cancellationToken));

    private void AddRepository(RepositoryRef reference, Func<CatalogueQuery, CancellationToken, Task<CatalogueSlice>> search)
    {
        var grain = Substitute.For<IRepositoryGrain>();
        grain.SearchAsync(null!, default).ReturnsForAnyArgs(call => search(call.Arg<CatalogueQuery>(), call.Arg<CancellationToken>()));
        Grains.GetGrain<IRepositoryGrain>(GrainKeys.Of(reference)).Returns(grain);
        _repositories[reference.Plugin.Name].Add(new RepositoryEntry(
            new RepositorySummary { Ref = reference, Type = "t", Url = "u", Status = new RepositoryStatus(true, RepositoryStatusReason.Success, "") }, Catalogue: null));
    }

    private static VersionTable OneVersion()
    {
        var versions = new VersionTableBuilder(new StringPool());
        versions.Add("1.0.0", "", created: null, digest: null, []);
        return versions.Build();
    }

    private static CatalogueSlice Search(RepositoryRef repository, Catalogue catalogue, CatalogueQuery query)
    {
        var page = catalogue.Search(query);
        return new CatalogueSlice(
            [.. page.Packages.Select(p => new AvailablePackageSummary { Ref = new AvailablePackageRef(repository, p.Name), DisplayName = p.DisplayName, LatestVersion = new PackageVersion("1.0.0", "") })],
            page.HasMore,
            catalogue.Categories,
            new CatalogueState(LoadedAt: null, 0, 0, Error: null, Warning: null, StaleSince: null));
    }

    private RegisteredPlugin Plugin(string name)
    {
        _repositories[name] = [];
        var directory = Substitute.For<IPackageDirectoryGrain>();
        directory.ListRepositoriesAsync(null, default).ReturnsForAnyArgs(_ => Task.FromResult(new RepositoryPage([.. _repositories[name]], StaleSince: null)));
        Grains.GetGrain<IPackageDirectoryGrain>(GrainKeys.Directory(name, Cluster)).Returns(directory);
        var repositories = Substitute.For<IRepositoryFormat>();
        var kind = new WatchedKind("fake.test", "repositories", ["v1"]);
        repositories.RepositoryKind.Returns(kind);
        repositories.CatalogueAccess.Returns(new CatalogueAccess("get", kind));
        repositories.Search.Returns(CatalogueSearch.Default);
        repositories.Objects.Returns((ICatalogueObjects?)null);
        repositories.ReadScope("", "").ReturnsForAnyArgs(new CatalogueScope(Cluster, Namespaces: null));
        return new RegisteredPlugin(Id(name), Substitute.For<IPackageFormat>(), repositories);
    }
}
