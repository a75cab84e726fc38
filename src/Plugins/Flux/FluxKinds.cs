using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>The kinds of Flux that the plugin reads and writes, in the versions it knows, newest first.</summary>
internal static class FluxKinds
{
    public const string HelmReleaseKind = "HelmRelease";
    public const string HelmRepositoryKind = "HelmRepository";
    private const string SourceGroup = "source.toolkit.fluxcd.io";

    public static WatchedKind HelmReleases { get; } = new("helm.toolkit.fluxcd.io", "helmreleases", ["v2", "v2beta2", "v2beta1"]);

    public static WatchedKind HelmRepositories { get; } = new(SourceGroup, "helmrepositories", ["v1", "v1beta2", "v1beta1"]);

    /// <summary>A caller who may read the charts of a namespace may read what is in them.</summary>
    public static WatchedKind HelmCharts { get; } = new(SourceGroup, "helmcharts", ["v1", "v1beta2", "v1beta1"]);

    public static GroupVersionResource Secrets { get; } = new("", "v1", "secrets");

    /// <summary>The resource in the best version that the cluster serves.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: Flux is not installed, or older than what is known here.</exception>
    public static ValueTask<GroupVersionResource> FindServedAsync(this WatchedKind kind, IKubernetesClient client, CancellationToken cancellationToken) =>
        kind.FindServedAsync(client.Discovery, client.ClusterName, "Flux", cancellationToken);
}
