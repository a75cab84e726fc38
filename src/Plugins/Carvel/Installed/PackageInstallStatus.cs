using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>Maps the first condition of a <c>PackageInstall</c> to the state of an installed package, as clients of the Kubeapps API know it.</summary>
internal static class PackageInstallStatus
{
    /// <summary>The state with one or two words for the user, as lists show it.</summary>
    public static PackageStatus Read(KubernetesObject install) => CarvelCondition.Of(install)?.Type switch
    {
        null => new PackageStatus(false, PackageStatusReason.Pending, "No status information yet"),
        CarvelCondition.ReconcileSucceeded => new PackageStatus(true, PackageStatusReason.Installed, "Deployed"),
        CarvelCondition.ReconcileFailed or CarvelCondition.ValuesSchemaCheckFailed => new PackageStatus(false, PackageStatusReason.Failed, "Reconcile failed"),
        CarvelCondition.Reconciling => new PackageStatus(false, PackageStatusReason.Pending, "Reconciling"),
        _ => new PackageStatus(false, PackageStatusReason.Unspecified, "Unknown"),
    };

    /// <summary>The state with all that the controller says of it.</summary>
    public static PackageStatus ReadDetailed(KubernetesObject install) => CarvelCondition.Of(install) is null
        ? Read(install)
        : Read(install) with { UserReason = install.Text("status", "usefulErrorMessage") };
}
