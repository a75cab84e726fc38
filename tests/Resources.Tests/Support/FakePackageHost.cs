using System.Collections.Immutable;
using Wego.Plugins;

namespace Wego.Resources.Tests;

/// <summary>A core with one installed package, whose objects are told through a channel.</summary>
internal sealed class FakePackageHost : IPackageHost
{
    public string DefaultCluster => "default";

    public ImmutableArray<ResourceRef> Resources { get; set; } = [];

    /// <summary>What the stream of states is to be.</summary>
    public Func<ImmutableArray<ResourceRef>, bool, IAsyncEnumerable<ResourceState>> States { get; set; } = (_, _) => AsyncEnumerable.Empty<ResourceState>();

    public InstalledPackageRef? Asked { get; private set; }

    public Task<ImmutableArray<ResourceRef>> GetResourceRefsAsync(InstalledPackageRef package, Caller caller, CancellationToken cancellationToken)
    {
        Asked = package;
        return Task.FromResult(Resources);
    }

    public Task<ImmutableArray<ResourceRef>> WaitForResourceRefsAsync(InstalledPackageRef package, Caller caller, CancellationToken cancellationToken) =>
        GetResourceRefsAsync(package, caller, cancellationToken);

    public Task RollbackAsync(InstalledPackageRef package, long revision, Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<ResourceState> WatchResourcesAsync(
        InstalledPackageRef package, ImmutableArray<ResourceRef> resources, bool watch, Caller caller, CancellationToken cancellationToken) => States(resources, watch);
}
