namespace Wego.Plugins.Helm;

/// <summary>What a user can do about a release on which Helm was interrupted.</summary>
internal static class Remedies
{
    /// <summary>By Helm's word for the state.</summary>
    public static string Interrupted(string status) => status switch
    {
        "pending-install" => "If no installation is running any more, Helm was interrupted: delete the package and install it again.",
        "pending-upgrade" or "pending-rollback" => "If no operation is running any more, Helm was interrupted: roll the package back to an earlier revision, or delete it.",
        "uninstalling" => "If no deletion is running any more, Helm was interrupted: delete the package again.",
        _ => "Look at the state of the package: where it is pending, roll it back to an earlier revision, or delete it.",
    };
}
