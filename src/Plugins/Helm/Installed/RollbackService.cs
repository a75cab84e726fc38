using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Rpc;

namespace Wego.Plugins.Helm;

/// <summary>The one RPC of <c>HelmPackagesService</c> that other formats do not have.</summary>
internal sealed class RollbackService(IPackageHost host)
{
    private const string Field = "installed_package_ref";

    public async Task<RollbackInstalledPackageResponse> RollbackInstalledPackage(RollbackInstalledPackageRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var reference = request.InstalledPackageRef ?? throw PackageException.InvalidField(Field, "name the package.");
        if (reference.Plugin is { Name.Length: > 0 } plugin && plugin.Name != HelmPlugin.PluginId.Name)
        {
            throw PackageException.InvalidField($"{Field}.plugin", $"'{plugin.Name}' is not '{HelmPlugin.PluginId.Name}', whose service this is.");
        }

        var cluster = reference.Context?.Cluster is { Length: > 0 } named and not "-" ? named : host.DefaultCluster;
        var package = new InstalledPackageRef(
            HelmPlugin.PluginId,
            cluster,
            Required($"{Field}.context.namespace", reference.Context?.Namespace, "give the namespace of the package."),
            Required($"{Field}.identifier", reference.Identifier, "give the name of the package."));
        await host.RollbackAsync(package, request.ReleaseRevision, caller, context.CancellationToken);
        return new RollbackInstalledPackageResponse
        {
            InstalledPackageRef = new InstalledPackageReference
            {
                Context = new Context { Cluster = cluster, Namespace = package.Namespace },
                Identifier = package.Name,
                Plugin = new Kubeappsapis.Core.Plugins.V1Alpha1.Plugin { Name = package.Plugin.Name, Version = package.Plugin.Version },
            },
        };
    }

    private static string Required(string field, string? value, string remedy) => value is { Length: > 0 } ? value : throw PackageException.InvalidField(field, remedy);
}
