using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Translates the objects of releases.</summary>
/// <param name="repositoryCluster">The cluster that has the repositories.</param>
internal sealed class InstalledRelease(string repositoryCluster)
{
    private readonly StoredReleaseReader _reader = new();

    /// <summary>What a list shows; null where the object is no release.</summary>
    public InstalledPackage? Read(string cluster, KubernetesObject obj)
    {
        if (StoredReleaseObject.Read(obj) is not { } stored)
        {
            return null;
        }

        // Never the newest revision, so nobody will see more of it.
        if (stored.Status == HelmStatus.Superseded)
        {
            return Translate(cluster, obj, stored, StoredReleaseSummary.Unknown, HelmStatus.Read(stored.Status, ""));
        }

        var summary = _reader.ReadSummary(obj, out var problem);
        return Translate(cluster, obj, stored, summary, StatusOf(stored, summary, problem));
    }

    /// <summary>The newest revision of the objects of one release.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.NotFound"/>: none of them is a release.</exception>
    public static (KubernetesObject Object, StoredReleaseObject Release) Newest(InstalledPackageRef package, IEnumerable<KubernetesObject> objects)
    {
        var newest = Releases(objects).MaxBy(r => r.Release.Revision);
        return newest.Release is not null
            ? newest
            : throw new PackageException(PackageErrorCode.NotFound, $"There is no Helm release '{package.Name}' in namespace '{package.Namespace}'.");
    }

    /// <summary>Everything, with what cannot be read told in the status.</summary>
    public (InstalledPackage Package, StoredRelease? Release) ReadAll(string cluster, KubernetesObject obj, StoredReleaseObject stored)
    {
        try
        {
            var release = _reader.Read(obj);
            return (Translate(cluster, obj, stored, release.Summary, StatusOf(stored, release.Summary, null)), release);
        }
        catch (PackageException e)
        {
            var summary = _reader.ReadSummary(obj, out _);
            return (Translate(cluster, obj, stored, summary, StatusOf(stored, summary, e.Message)), null);
        }
    }

    /// <summary>Everything.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: the data cannot be read.</exception>
    public StoredRelease Decode(KubernetesObject obj) => _reader.Read(obj);

    /// <summary>The revisions, newest first.</summary>
    public IEnumerable<PackageRevision> ReadHistory(IEnumerable<KubernetesObject> objects)
    {
        foreach (var (obj, stored) in Releases(objects).OrderByDescending(r => r.Release.Revision))
        {
            var summary = _reader.ReadSummary(obj, out var problem);
            yield return new PackageRevision(stored.Revision, VersionOf(summary.Chart), StatusOf(stored, summary, problem), summary.Description, summary.LastDeployed);
        }
    }

    private static IEnumerable<(KubernetesObject Object, StoredReleaseObject Release)> Releases(IEnumerable<KubernetesObject> objects) =>
        from obj in objects
        let stored = StoredReleaseObject.Read(obj)
        where stored is not null
        select (obj, stored);

    private static PackageStatus StatusOf(StoredReleaseObject stored, StoredReleaseSummary summary, string? problem)
    {
        var status = HelmStatus.Read(stored.Status.Length > 0 ? stored.Status : summary.Status, summary.Description);
        return problem is null ? status : status with { UserReason = $"{stored.Status}: the record of revision {stored.Revision} cannot be read: {problem}" };
    }

    private InstalledPackage Translate(string cluster, KubernetesObject obj, StoredReleaseObject stored, StoredReleaseSummary summary, PackageStatus status)
    {
        var chart = summary.Chart;
        var source = SourceLabels.Read(repositoryCluster, obj);
        return new InstalledPackage
        {
            Ref = new InstalledPackageRef(HelmPlugin.PluginId, cluster, stored.Namespace, stored.Name),
            Source = source,
            VersionReference = chart.Version,
            CurrentVersion = VersionOf(chart),
            Status = status,
            DisplayName = chart.Name,
            ShortDescription = chart.Description,
            IconUrl = chart.IconUrl,
            Revision = stored.Revision,
            Origin = source is null && chart.Name.Length > 0 ? new PackageOrigin(chart.Name, chart.Version, chart.AppVersion, chart.HomeUrl, chart.Description) : null,
        };
    }

    private static PackageVersion? VersionOf(StoredChart chart) => chart.Version.Length == 0 ? null : new PackageVersion(chart.Version, chart.AppVersion);
}
