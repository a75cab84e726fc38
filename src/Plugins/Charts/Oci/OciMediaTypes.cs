namespace Wego.Plugins.Charts;

/// <summary>Media types of charts in registries.</summary>
internal static class OciMediaTypes
{
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string HelmConfig = "application/vnd.cncf.helm.config.v1+json";
    public const string ChartLayer = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    /// <summary>What charts had before Helm 3.7.</summary>
    public const string LegacyChartLayer = "application/tar+gzip";
}
