using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>Maps the conditions of a <c>HelmRelease</c> to the state of an installed package, as clients of the Kubeapps API know it.</summary>
internal static class HelmReleaseStatus
{
    private const string Transient = "The release is in a transient state: Flux has not looked at its latest generation yet.";

    public static PackageStatus Read(KubernetesObject release)
    {
        if (!FluxCondition.IsObserved(release))
        {
            return new PackageStatus(false, PackageStatusReason.Unspecified, Transient);
        }

        var ready = FluxCondition.ReadyOf(release);
        return ready switch
        {
            null => new PackageStatus(false, PackageStatusReason.Pending, ""),
            { IsTrue: true } => new PackageStatus(true, PackageStatusReason.Installed, ready.UserReason),
            { Reason: "InstallFailed" or "UpgradeFailed" or "GetLastReleaseFailed" } => new PackageStatus(false, PackageStatusReason.Failed, ready.UserReason),
            _ => new PackageStatus(false, PackageStatusReason.Pending, ready.UserReason),
        };
    }
}
