namespace Wego.Plugins.Charts;

/// <summary>Which state of a repository was read, to ask later whether there is a newer one.</summary>
/// <param name="Digest">The digest of what was read.</param>
/// <param name="ETag">The entity tag as the server sent it, or null.</param>
/// <param name="LastModified">The time of the last change as the server sent it, or null.</param>
public sealed record ChartRevision(ContentDigest Digest, string? ETag = null, string? LastModified = null);
