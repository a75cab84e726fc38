namespace Wego.Kubernetes;

/// <summary>How to create or replace.</summary>
/// <param name="FieldManager">Who owns the fields; null for the client's default, <c>wego</c>.</param>
/// <param name="DryRun">Validate and admit, but do not store.</param>
public sealed record WriteOptions(string? FieldManager = null, bool DryRun = false);
