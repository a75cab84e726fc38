namespace Wego.Sandbox;

/// <summary>The tokens every sandbox knows.</summary>
public static class SandboxTokens
{
    /// <summary>May do everything.</summary>
    public const string Admin = "sandbox-admin";

    /// <summary>Has <c>edit</c> in the namespace <c>team-a</c> and nothing elsewhere.</summary>
    public const string TeamA = "sandbox-team-a";

    /// <summary>Has <c>view</c> in every namespace, which leaves out secrets.</summary>
    public const string Viewer = "sandbox-viewer";

    /// <summary>The service account Wego itself runs as, <see cref="ServiceUser"/>, with the rights of <c>deploy/rbac/wego.yaml</c>.</summary>
    public const string Service = "sandbox-wego";

    /// <summary>The user that <see cref="Service"/> belongs to.</summary>
    public const string ServiceUser = "system:serviceaccount:wego-system:wego";
}
