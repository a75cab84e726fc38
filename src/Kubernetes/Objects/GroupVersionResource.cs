namespace Wego.Kubernetes;

/// <summary>A resource collection of the Kubernetes API, for example <c>helm.toolkit.fluxcd.io/v2 helmreleases</c>.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version within the group, for example <c>v1</c>.</param>
/// <param name="Resource">The plural, lower-case resource name, for example <c>configmaps</c>.</param>
public sealed record GroupVersionResource(string Group, string Version, string Resource)
{
    /// <summary>The <c>apiVersion</c> of its objects: <c>group/version</c>, or the version alone for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <inheritdoc/>
    public override string ToString() => Group.Length == 0 ? $"{Resource}/{Version}" : $"{Resource}.{Group}/{Version}";
}
