using Wego.Kubernetes;

namespace Wego.Sandbox.Carvel;

/// <summary>The kinds that the stand-ins for kapp-controller work on.</summary>
internal static class CarvelResources
{
    /// <summary>Names the repository that a package came from, as <c>namespace/name</c>.</summary>
    public const string RepositoryAnnotation = "packaging.carvel.dev/package-repository-ref";

    /// <summary>The namespace whose packages every other namespace may install.</summary>
    public const string GlobalNamespace = "kapp-controller-packaging-global";

    /// <summary>The name under which kapp-controller writes.</summary>
    public const string Manager = "kapp-controller";

    private const string Version = "v1alpha1";

    public static GroupVersionResource Packages { get; } = new("data.packaging.carvel.dev", Version, "packages");

    public static GroupVersionResource PackageMetadatas { get; } = new("data.packaging.carvel.dev", Version, "packagemetadatas");

    public static GroupVersionResource PackageInstalls { get; } = new("packaging.carvel.dev", Version, "packageinstalls");

    public static GroupVersionResource PackageRepositories { get; } = new("packaging.carvel.dev", Version, "packagerepositories");

    public static GroupVersionResource Apps { get; } = new("kappctrl.k14s.io", Version, "apps");

    public static GroupVersionResource Secrets { get; } = new("", "v1", "secrets");

    public static GroupVersionResource ConfigMaps { get; } = new("", "v1", "configmaps");

    public static GroupVersionResource ServiceAccounts { get; } = new("", "v1", "serviceaccounts");
}
