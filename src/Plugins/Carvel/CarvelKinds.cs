using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>The kinds of Carvel that the plugin reads and writes.</summary>
internal static class CarvelKinds
{
    public const string PackageInstallKind = "PackageInstall";
    public const string PackageRepositoryKind = "PackageRepository";
    private const string PackagingGroup = "packaging.carvel.dev";
    private const string DataGroup = "data.packaging.carvel.dev";

    public static WatchedKind PackageInstalls { get; } = new(PackagingGroup, "packageinstalls", ["v1alpha1"]);

    public static WatchedKind PackageRepositories { get; } = new(PackagingGroup, "packagerepositories", ["v1alpha1"]);

    /// <summary>One object per version of a package. kapp-controller serves them itself, as an aggregated API.</summary>
    public static WatchedKind Packages { get; } = new(DataGroup, "packages", ["v1alpha1"]);

    /// <summary>One object per package.</summary>
    public static WatchedKind PackageMetadatas { get; } = new(DataGroup, "packagemetadatas", ["v1alpha1"]);

    /// <summary>What kapp-controller makes of an installed package, under the same name.</summary>
    public static WatchedKind Apps { get; } = new("kappctrl.k14s.io", "apps", ["v1alpha1"]);

    public static GroupVersionResource Secrets { get; } = new("", "v1", "secrets");

    public static GroupVersionResource ConfigMaps { get; } = new("", "v1", "configmaps");

    /// <summary>The resource in the best version that the cluster serves.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: kapp-controller is not installed, or older than what is known here.</exception>
    public static ValueTask<GroupVersionResource> FindServedAsync(this WatchedKind kind, PluginCall call, CancellationToken cancellationToken) =>
        kind.FindServedAsync(call.Client.Discovery.For(call.Identity), call.Client.ClusterName, "kapp-controller", cancellationToken);
}
