using Wego.Plugins;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Frontend;

/// <summary>Reads the references of requests.</summary>
internal static class References
{
    /// <summary>Reads a reference to an available package.</summary>
    public static (RegisteredPlugin Plugin, AvailablePackageRef Ref) Available(this RequestScope scope, Pb.AvailablePackageReference? reference)
    {
        const string Field = "available_package_ref";
        if (reference is null)
        {
            throw PackageException.InvalidField(Field, "name the package.");
        }

        var plugin = scope.Plugin(reference.Plugin, $"{Field}.plugin");
        var (cluster, ns) = Where(scope, reference.Context, plugin, plugin.Repositories?.DefaultClusterOnly, Field);
        var identifier = Required(reference.Identifier, $"{Field}.identifier", "give 'REPOSITORY/PACKAGE'.");
        // Clients of the REST API encode it as a whole.
        identifier = identifier.Contains('/', StringComparison.Ordinal) ? identifier : Uri.UnescapeDataString(identifier);
        var slash = identifier.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == identifier.Length - 1)
        {
            throw PackageException.InvalidField($"{Field}.identifier", $"'{identifier}' is not of the form 'REPOSITORY/PACKAGE'.");
        }

        var name = Named(Uri.UnescapeDataString(identifier[..slash]), $"{Field}.identifier", "give 'REPOSITORY/PACKAGE'.");
        var repository = new RepositoryRef(plugin.Id, cluster, ns, name);
        return (plugin, new AvailablePackageRef(repository, Uri.UnescapeDataString(identifier[(slash + 1)..])));
    }

    /// <summary>Reads a reference to an installed package.</summary>
    public static (RegisteredPlugin Plugin, InstalledPackageRef Ref) Installed(this RequestScope scope, Pb.InstalledPackageReference? reference)
    {
        const string Field = "installed_package_ref";
        if (reference is null)
        {
            throw PackageException.InvalidField(Field, "name the package.");
        }

        var plugin = scope.Plugin(reference.Plugin, $"{Field}.plugin");
        var (cluster, ns) = Where(scope, reference.Context, plugin, plugin.Packages?.DefaultClusterOnly, Field);
        var name = Named(reference.Identifier, $"{Field}.identifier", "give the name of the installed package.");
        return (plugin, new InstalledPackageRef(plugin.Id, cluster, ns, name));
    }

    /// <summary>Reads a reference to a repository.</summary>
    public static (RegisteredPlugin Plugin, RepositoryRef Ref) Repository(this RequestScope scope, Pb.PackageRepositoryReference? reference)
    {
        const string Field = "package_repo_ref";
        if (reference is null)
        {
            throw PackageException.InvalidField(Field, "name the repository.");
        }

        var plugin = scope.Plugin(reference.Plugin, $"{Field}.plugin");
        var (cluster, ns) = Where(scope, reference.Context, plugin, plugin.Repositories?.DefaultClusterOnly, Field);
        var name = Named(reference.Identifier, $"{Field}.identifier", "give the name of the repository.");
        return (plugin, new RepositoryRef(plugin.Id, cluster, ns, name));
    }

    /// <summary>The packages of a plugin.</summary>
    public static IPackageFormat RequirePackages(this RegisteredPlugin plugin) => plugin.Packages
        ?? throw new PackageException(PackageErrorCode.Unimplemented, $"plugin: '{plugin.Id.Name}' has no packages.");

    /// <summary>The repositories of a plugin.</summary>
    public static IRepositoryFormat RequireRepositories(this RegisteredPlugin plugin) => plugin.Repositories
        ?? throw new PackageException(PackageErrorCode.Unimplemented, $"plugin: '{plugin.Id.Name}' has no repositories.");

    /// <summary>A field that must not be empty.</summary>
    public static string Required(string value, string field, string remedy) =>
        value.Length > 0 ? value : throw PackageException.InvalidField(field, remedy);

    /// <summary>A field that must be the name of a Kubernetes object; what can be none is refused before any grain wakes up for it.</summary>
    public static string Named(string value, string field, string remedy) =>
        Required(value, field, remedy) is not ("." or "..") && !value.Any(c => c is '/' or '%' || char.IsControl(c))
            ? value
            : throw PackageException.InvalidField(field, $"'{value}' can be no name: it must not be '.' or '..' nor contain '/', '%' or control characters.");

    /// <summary>Refuses other clusters than the one that Wego runs on for what is only there.</summary>
    public static void RequireCluster(RegisteredPlugin plugin, bool defaultOnly, string cluster, string defaultCluster, string field)
    {
        if (defaultOnly && !string.Equals(cluster, defaultCluster, StringComparison.Ordinal))
        {
            throw new PackageException(
                PackageErrorCode.Unimplemented, $"{field}: plugin '{plugin.Id.Name}' works on cluster '{defaultCluster}' only, not on '{cluster}'.");
        }
    }

    private static (string Cluster, string Namespace) Where(RequestScope scope, Pb.Context? context, RegisteredPlugin plugin, bool? defaultOnly, string field)
    {
        var cluster = scope.Cluster(context?.Cluster, $"{field}.context.cluster");
        RequireCluster(plugin, defaultOnly == true, cluster, scope.DefaultCluster, $"{field}.context.cluster");
        return (cluster, Named(context?.Namespace ?? "", $"{field}.context.namespace", "give the namespace."));
    }
}
