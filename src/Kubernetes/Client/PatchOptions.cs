namespace Wego.Kubernetes;

/// <summary>How to patch.</summary>
/// <param name="FieldManager">Who owns the fields; null for the client's default, <c>wego</c>.</param>
/// <param name="Force">Server-side apply only: take over fields that others own. Off by default, so conflicts are reported.</param>
/// <param name="DryRun">Validate and admit, but do not store.</param>
/// <param name="Subresource">For example <c>status</c>; null for the object itself.</param>
public sealed record PatchOptions(string? FieldManager = null, bool Force = false, bool DryRun = false, string? Subresource = null);
