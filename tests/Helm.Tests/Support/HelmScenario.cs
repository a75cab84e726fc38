using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Charts;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests;

/// <summary>
/// The format with a <c>helm</c> program and a cluster, on which Wego's own identity has the rights that the chart grants. Disposing it
/// fails where an operation has left a file behind.
/// </summary>
internal sealed class HelmScenario : IKubernetesClients, IDisposable
{
    public const string Namespace = "team-a";

    private static int s_count;

    private readonly TestLog _log = new();
    private readonly TestCluster _cluster;
    private readonly KubernetesClient _admin;
    private readonly KubernetesClient _wego;
    private readonly WorkFolders _folders;

    public HelmScenario(TestCluster cluster, string program, Action<HelmOptions>? configure = null, InstalledPackageRef? package = null)
    {
        _cluster = cluster;
        Package = package ?? new InstalledPackageRef(HelmPlugin.PluginId, DefaultClusterName, Namespace, $"demo-{Interlocked.Increment(ref s_count)}");
        (_admin, _wego) = (Client(cluster.Admin), Client(cluster.Service));
        Parent = Directory.CreateTempSubdirectory("wego-helm-tests-").FullName;
        _folders = new WorkFolders(new Logger<WorkFolders>(_log)) { Parent = Parent };
        var options = new HelmOptions { Executable = program };
        configure?.Invoke(options);
        var settings = Options.Create(options);
        var finder = new ReleaseFinder(settings);
        var operations = new HelmOperations(settings, this, Archives, new HelmExecutable(settings, _folders, TimeProvider.System), _folders, finder, TimeProvider.System);
        Format = new HelmPackageFormat(settings, this, operations, new HelmPreviews(operations, finder), TimeProvider.System);
    }

    public InstalledPackageRef Package { get; }

    public HelmPackageFormat Format { get; }

    public TestArchives Archives { get; } = new();

    /// <summary>Where the private folders are.</summary>
    public string Parent { get; }

    public PluginCall TeamA => new(_wego, KubernetesIdentity.Bearer(_cluster.TeamA));

    public PluginCall Viewer => new(_wego, KubernetesIdentity.Bearer(_cluster.Viewer));

    public string TeamAToken => _cluster.TeamA;

    public string DefaultClusterName => "default";

    public IReadOnlyList<string> Names => [DefaultClusterName];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IKubernetesClient Get(string cluster) => _wego;

    public PackageArchive Archive(string version, string repository = "charts") =>
        new(new AvailablePackageRef(new RepositoryRef(HelmPlugin.PluginId, DefaultClusterName, Namespace, repository), "demo"), version, [], "");

    public Task CreateAsync(string version, string values = "", CancellationToken? cancellationToken = null) => Format.CreateAsync(
        new CreateInstalledPackage { Ref = Package, Package = Archive(version).Package, VersionReference = version, Values = values, Archive = Archive(version) },
        TeamA,
        cancellationToken ?? Cancellation);

    public Task UpdateAsync(string version, string values = "", CancellationToken? cancellationToken = null) => Format.UpdateAsync(
        new UpdateInstalledPackage { Ref = Package, VersionReference = version, Values = values, Archive = Archive(version) }, TeamA, cancellationToken ?? Cancellation);

    public Task RollbackAsync(long revision) => Format.RollbackAsync(Package, revision, TeamA, Cancellation);

    public Task DeleteAsync() => Format.DeleteAsync(Package, TeamA, Cancellation);

    /// <summary>The objects of the release, as the grains hold them.</summary>
    public async Task<IReadOnlyList<KubernetesObject>> ObjectsAsync()
    {
        var objects = new List<KubernetesObject>();
        foreach (var kind in Format.InstalledKinds)
        {
            var selector = Format.SelectInstalled(kind, Package);
            var list = await _admin.ListAsync(
                KubernetesIdentity.Service, new GroupVersionResource("", "v1", kind.Resource), Namespace, new ListOptions(LabelSelector: selector.LabelSelector), Cancellation);
            objects.AddRange(list.Items);
        }

        return objects;
    }

    /// <summary>What a list shows of the release; null where there is none.</summary>
    public async Task<InstalledPackage?> InstalledAsync() =>
        (await ObjectsAsync()).Select(o => Format.ReadInstalled(DefaultClusterName, o)).MaxBy(p => p!.Revision);

    /// <summary>What the detail of the release says.</summary>
    public async Task<InstalledPackageDetail> DetailAsync() => await Format.ReadDetailAsync(Package, await ObjectsAsync(), TeamA, Cancellation);

    /// <summary>An object of the cluster; null where there is none.</summary>
    public Task<KubernetesObject?> FindAsync(string group, string version, string resource, string name) =>
        _admin.FindAsync(KubernetesIdentity.Service, new GroupVersionResource(group, version, resource), Namespace, name, Cancellation);

    /// <summary>Waits until a revision of the release is in a state.</summary>
    public async Task WaitForStatusAsync(string status)
    {
        var options = new WatchOptions(LabelSelector: $"{StoredReleaseObject.SelectorOf(Package.Name)},status={status}");
        await foreach (var change in _admin.WatchAsync(KubernetesIdentity.Service, new GroupVersionResource("", "v1", "secrets"), Namespace, options, Cancellation))
        {
            if (change.Type is WatchEventType.Added or WatchEventType.Modified)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        _admin.Dispose();
        _wego.Dispose();
        var left = Directory.EnumerateFiles(Parent, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "lock").ToArray();
        _folders.Dispose();
        var remains = Directory.EnumerateFileSystemEntries(Parent).ToArray();
        Directory.Delete(Parent, recursive: true);
        _log.Dispose();
        left.ShouldBeEmpty("files of operations that have ended");
        remains.ShouldBeEmpty("folders of a process that has ended");
    }

    private KubernetesClient Client(string token) => new(
        new ClusterConfiguration(_cluster.Address)
        {
            CertificateAuthorities = [X509Certificate2.CreateFromPem(_cluster.CertificateAuthority)],
            User = new UserConfiguration { Token = token },
        },
        new KubernetesClientOptions { Qps = 1000, Burst = 1000 },
        TimeProvider.System,
        NullLoggerFactory.Instance);
}
