using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>Reads what a list shows out of a <c>PackageInstall</c> alone.</summary>
internal static class PackageInstallReader
{
    /// <summary>The name of the <c>PackageMetadata</c> that the install refers to, or empty.</summary>
    public static string PackageOf(KubernetesObject install) => install.Text("spec", "packageRef", "refName");

    public static InstalledPackage Read(string cluster, KubernetesObject install)
    {
        var version = install.Text("status", "lastAttemptedVersion");
        return new InstalledPackage
        {
            Ref = new InstalledPackageRef(CarvelPlugin.PluginId, cluster, install.Namespace, install.Name),
            Source = SourceOf(cluster, install),
            VersionReference = version,
            CurrentVersion = version.Length == 0 ? null : new PackageVersion(version, version),
            Status = PackageInstallStatus.Read(install),
            VersionSelection = VersionSelection.Of(install).ToString(),
        };
    }

    // An install names the package alone; which repository offers it is looked up by who shows it.
    private static AvailablePackageRef? SourceOf(string cluster, KubernetesObject install) => PackageOf(install) is { Length: > 0 } package
        ? new AvailablePackageRef(new RepositoryRef(CarvelPlugin.PluginId, cluster, install.Namespace, CarvelCatalogue.Unnamed), package)
        : null;

    public static ReconciliationOptions ReadReconciliation(KubernetesObject install) => new(
        GoDuration.Trim(install.Text("spec", "syncPeriod")),
        install.Spec.IsTrue("paused"),
        install.Text("spec", "serviceAccountName"));
}
