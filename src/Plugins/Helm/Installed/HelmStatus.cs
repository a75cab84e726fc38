namespace Wego.Plugins.Helm;

/// <summary>Maps Helm's words for the state of a release to what clients of the Kubeapps API know.</summary>
internal static class HelmStatus
{
    public const string Deployed = "deployed";
    public const string Failed = "failed";
    public const string Superseded = "superseded";
    private const string PendingPrefix = "pending-";

    /// <summary>Whether an operation is under way, or was when Helm was interrupted.</summary>
    public static bool IsPending(string status) => status.StartsWith(PendingPrefix, StringComparison.Ordinal) || status == "uninstalling";

    /// <summary>The state.</summary>
    /// <param name="status">Helm's word.</param>
    /// <param name="description">What Helm says of it; shown where something failed.</param>
    public static PackageStatus Read(string status, string description) => status switch
    {
        Deployed => new PackageStatus(true, PackageStatusReason.Installed, status),
        Failed => new PackageStatus(false, PackageStatusReason.Failed, description.Length == 0 ? status : $"{status}: {description}"),
        "pending-install" or "pending-upgrade" or "pending-rollback" or "uninstalling" => new PackageStatus(false, PackageStatusReason.Pending, status),
        _ => new PackageStatus(false, PackageStatusReason.Unspecified, status),
    };
}
