using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>The objects in which Helm keeps releases.</summary>
internal static class HelmKinds
{
    public static WatchedKind Watched(this HelmStorage storage) => new("", ResourceOf(storage), ["v1"], StoredReleaseObject.OwnerSelector);

    public static GroupVersionResource Resource(this HelmStorage storage) => new("", "v1", ResourceOf(storage));

    /// <summary>What <c>HELM_DRIVER</c> calls it.</summary>
    public static string Driver(this HelmStorage storage) => storage == HelmStorage.Secrets ? "secret" : "configmap";

    private static string ResourceOf(HelmStorage storage) => storage == HelmStorage.Secrets ? "secrets" : "configmaps";
}
