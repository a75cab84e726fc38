using System.Collections.Immutable;
using System.Threading.Channels;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains.Tests;

/// <summary>Packages that are revisions: objects of one kind, each of which names its package and revision.</summary>
internal sealed class FakePackageFormat : IPackageFormat
{
    private readonly Channel<PendingOperation> _operations = Channel.CreateUnbounded<PendingOperation>();

    public bool HasLongOperations { get; set; }

    public ImmutableArray<WatchedKind> InstalledKinds { get; } = [new("fake.test", "packages", ["v1"])];

    public WatchedKind? ContentKind => null;

    public static InstalledPackageRef RefOf(string ns, string name) => new(FakePlugins.Id, "default", ns, name);

    public InstalledPackage? ReadInstalled(string cluster, KubernetesObject obj) => new()
    {
        Ref = new InstalledPackageRef(FakePlugins.Id, cluster, obj.Namespace, obj.Text("spec", "package")),
        Revision = obj.Find("spec", "revision").GetInt64(),
        Status = new PackageStatus(true, PackageStatusReason.Installed, ""),
    };

    public ObjectSelector SelectInstalled(WatchedKind kind, InstalledPackageRef package) => ObjectSelector.ByName(package.Name);

    public Task<InstalledPackageDetail> ReadDetailAsync(InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects, PluginCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new InstalledPackageDetail { Package = ReadInstalled(package.Cluster, objects[0])! });

    /// <summary>Reads a Secret, as a format does that keeps records there.</summary>
    public async Task<ImmutableArray<ResourceRef>> ReadResourcesAsync(
        InstalledPackageRef package, IReadOnlyList<KubernetesObject> objects, PluginCall call, CancellationToken cancellationToken)
    {
        var secret = await call.Client.GetAsync(call.Identity, new GroupVersionResource("", "v1", "secrets"), package.Namespace, package.Name, cancellationToken);
        return [new ResourceRef("v1", "ConfigMap", secret.Name, secret.Namespace)];
    }

    public ImmutableArray<PackageVersion> ListVersions(CataloguePackage package) => [new(package.Newest.Version, package.Newest.AppVersion)];

    /// <summary>The next operation to begin.</summary>
    public async Task<PendingOperation> NextAsync() =>
        await _operations.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public Task CreateAsync(CreateInstalledPackage request, PluginCall call, CancellationToken cancellationToken) => BeginAsync("create", cancellationToken);

    public Task UpdateAsync(UpdateInstalledPackage request, PluginCall call, CancellationToken cancellationToken) => BeginAsync("update", cancellationToken);

    public Task RollbackAsync(InstalledPackageRef package, long revision, PluginCall call, CancellationToken cancellationToken) => BeginAsync($"rollback {revision}", cancellationToken);

    public Task DeleteAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken) => BeginAsync("delete", cancellationToken);

    private Task BeginAsync(string what, CancellationToken cancellationToken)
    {
        var operation = new PendingOperation(what, cancellationToken);
        _operations.Writer.TryWrite(operation);
        return operation.Ended;
    }
}
