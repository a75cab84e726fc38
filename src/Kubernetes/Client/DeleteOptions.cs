namespace Wego.Kubernetes;

/// <summary>How to delete.</summary>
/// <param name="Propagation"><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>; null for the kind's default.</param>
/// <param name="PreconditionUid">Delete only the object with this UID; null for any.</param>
/// <param name="PreconditionResourceVersion">Delete only this version; null for any.</param>
/// <param name="DryRun">Validate and admit, but do not delete.</param>
public sealed record DeleteOptions(string? Propagation = null, string? PreconditionUid = null, string? PreconditionResourceVersion = null, bool DryRun = false);
