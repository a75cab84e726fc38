using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>Reads what a list shows out of a <c>HelmRelease</c> alone, in any served version.</summary>
internal static class HelmReleaseReader
{
    public static InstalledPackage Read(string cluster, KubernetesObject release) => new()
    {
        Ref = new InstalledPackageRef(FluxPlugin.PluginId, cluster, release.Namespace, release.Name),
        Source = ReadSource(cluster, release),
        VersionReference = release.Text("spec", "chart", "spec", "version"),
        CurrentVersion = ReadCurrentVersion(release),
        Status = HelmReleaseStatus.Read(release),
        Revision = HelmReleaseLocation.Of(release).Revision,
    };

    public static ReconciliationOptions ReadReconciliation(KubernetesObject release) => new(
        GoDuration.Trim(release.Text("spec", "interval")),
        release.Spec.IsTrue("suspend"),
        release.Text("spec", "serviceAccountName"));

    // Only a chart out of a HelmRepository is a package of a repository; a chartRef, Git repository or bucket is none.
    private static AvailablePackageRef? ReadSource(string cluster, KubernetesObject release)
    {
        var chart = release.Text("spec", "chart", "spec", "chart");
        var source = release.Find("spec", "chart", "spec", "sourceRef");
        var name = source.Text("name");
        if (chart.Length == 0 || name.Length == 0 || source.Text("kind") != FluxKinds.HelmRepositoryKind)
        {
            return null;
        }

        var ns = source.Text("namespace") is { Length: > 0 } other ? other : release.Namespace;
        return new AvailablePackageRef(new RepositoryRef(FluxPlugin.PluginId, cluster, ns, name), chart);
    }

    private static PackageVersion? ReadCurrentVersion(KubernetesObject release)
    {
        // The newest release comes first. One that failed does not replace what is still deployed.
        var history = release.Find("status", "history").Items().ToList();
        var current = history.Find(h => h.Text("status") == "deployed");
        current = current.ValueKind == JsonValueKind.Object ? current : history.FirstOrDefault();
        if (current.Text("chartVersion") is { Length: > 0 } version)
        {
            return new PackageVersion(version, current.Text("appVersion"));
        }

        var revision = release.Text("status", "lastAppliedRevision") is { Length: > 0 } applied ? applied : release.Text("status", "lastAttemptedRevision");
        return revision.Length == 0 ? null : new PackageVersion(revision, "");
    }
}
