using Wego.Kubernetes;

namespace Wego.Sandbox.Flux;

/// <summary>The kinds of Flux that the stand-ins work on.</summary>
internal static class FluxResources
{
    public static GroupVersionResource HelmRepositories { get; } = new("source.toolkit.fluxcd.io", "v1", "helmrepositories");

    public static GroupVersionResource HelmCharts { get; } = new("source.toolkit.fluxcd.io", "v1", "helmcharts");

    public static GroupVersionResource HelmReleases { get; } = new("helm.toolkit.fluxcd.io", "v2", "helmreleases");

    public static GroupVersionResource Secrets { get; } = new("", "v1", "secrets");
}
