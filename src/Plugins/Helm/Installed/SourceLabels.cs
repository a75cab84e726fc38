using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Wego.Kubernetes;

namespace Wego.Plugins.Helm;

/// <summary>
/// The labels by which a release remembers the package it was installed from. Helm keeps them on the objects of the release. What
/// is no label value is not kept: then the repository is found by the chart.
/// </summary>
internal static partial class SourceLabels
{
    public const string Namespace = "wego.dev/repository-namespace";
    public const string Repository = "wego.dev/repository-name";
    public const string Package = "wego.dev/package-name";

    /// <summary>The labels of a release of this package; null as a value where there must be none.</summary>
    public static ImmutableArray<KeyValuePair<string, string?>> Write(AvailablePackageRef package)
    {
        var (ns, name) = (package.Repository.Namespace, package.Repository.Name);
        var fit = LabelValue().IsMatch(ns) && LabelValue().IsMatch(name) && LabelValue().IsMatch(package.Package);
        return
        [
            KeyValuePair.Create(Namespace, fit ? ns : null),
            KeyValuePair.Create(Repository, fit ? name : null),
            KeyValuePair.Create(Package, fit ? package.Package : null),
        ];
    }

    /// <summary>The package that the labels name, or null.</summary>
    /// <param name="cluster">The cluster that has the repositories.</param>
    /// <param name="obj">An object of the release.</param>
    public static AvailablePackageRef? Read(string cluster, KubernetesObject obj) =>
        obj.Label(Namespace) is { Length: > 0 } ns && obj.Label(Repository) is { Length: > 0 } name && obj.Label(Package) is { Length: > 0 } package
            ? new AvailablePackageRef(new RepositoryRef(HelmPlugin.PluginId, cluster, ns, name), package)
            : null;

    [GeneratedRegex(@"^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelValue();
}
