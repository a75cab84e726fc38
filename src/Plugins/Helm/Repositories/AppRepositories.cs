using Wego.Kubernetes;

namespace Wego.Plugins.Helm;

/// <summary>The kind in which Kubeapps keeps Helm repositories, and its types.</summary>
internal static class AppRepositories
{
    public const string Kind = "AppRepository";
    public const string HelmType = "helm";
    public const string OciType = "oci";
    private const string Group = "kubeapps.com";
    private const string Version = "v1alpha1";

    public static WatchedKind WatchedKind { get; } = new(Group, "apprepositories", [Version]);

    public static GroupVersionResource Resource { get; } = new(Group, Version, "apprepositories");

    /// <summary>A caller who may read the Secrets of a namespace may read what its repositories offer, as in Kubeapps.</summary>
    public static WatchedKind Secrets { get; } = new("", "secrets", ["v1"]);

    public static string ApiVersion => $"{Group}/{Version}";

    public static string TypeOf(KubernetesObject repository) => repository.Text("spec", "type");
}
