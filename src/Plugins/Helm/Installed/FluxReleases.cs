using Wego.Kubernetes;

namespace Wego.Plugins.Helm;

/// <summary>
/// Tells the releases of Flux' helm-controller, which keeps them in the same kind of objects: they are installed packages of Flux,
/// and what Helm changed of them would be undone.
/// </summary>
internal static class FluxReleases
{
    private const string Controller = "helm-controller";
    private const string Label = "helm.toolkit.fluxcd.io/name";

    public static bool IsOne(KubernetesObject obj) =>
        obj.Label(Label) is not null || obj.Find("metadata", "managedFields").Items().Any(entry => entry.Text("manager") == Controller);
}
