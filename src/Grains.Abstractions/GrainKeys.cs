using Wego.Plugins;

namespace Wego.Grains;

/// <summary>The keys of the grains: plugin, cluster, namespace and name, each percent-encoded, joined by slashes. Never a credential.</summary>
public static class GrainKeys
{
    /// <summary>The key of a repository's grain.</summary>
    public static string Of(RepositoryRef repository) => Join(repository.Plugin.Name, repository.Cluster, repository.Namespace, repository.Name);

    /// <summary>The key of an installed package's grain.</summary>
    public static string Of(InstalledPackageRef package) => Join(package.Plugin.Name, package.Cluster, package.Namespace, package.Name);

    /// <summary>The key of a directory's grain.</summary>
    public static string Directory(string plugin, string cluster) => Join(plugin, cluster);

    /// <summary>The parts of a key.</summary>
    public static string[] Split(string key) => [.. key.Split('/').Select(Uri.UnescapeDataString)];

    /// <summary>The grain of a repository.</summary>
    public static IRepositoryGrain GetRepository(this IGrainFactory grains, RepositoryRef repository) =>
        grains.GetGrain<IRepositoryGrain>(Of(repository));

    /// <summary>The grain of an installed package.</summary>
    public static IInstalledPackageGrain GetInstalledPackage(this IGrainFactory grains, InstalledPackageRef package) =>
        grains.GetGrain<IInstalledPackageGrain>(Of(package));

    /// <summary>The directory of a plugin in a cluster.</summary>
    public static IPackageDirectoryGrain GetDirectory(this IGrainFactory grains, PluginId plugin, string cluster) =>
        grains.GetGrain<IPackageDirectoryGrain>(Directory(plugin.Name, cluster));

    private static string Join(params string[] parts) => string.Join('/', parts.Select(Uri.EscapeDataString));
}
