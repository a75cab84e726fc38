namespace Wego.Plugins;

/// <summary>What a conditional request needs to find out that nothing changed.</summary>
/// <param name="ETag">The entity tag, or null.</param>
/// <param name="LastModified">The date, or null.</param>
/// <param name="Digest">The digest of the bytes, or empty.</param>
/// <param name="Known">The catalogue they belong to, for formats that read only what changed, or null. Never leaves the process.</param>
public sealed record CatalogueValidators(string? ETag, DateTimeOffset? LastModified, string Digest, Catalogue? Known = null);
