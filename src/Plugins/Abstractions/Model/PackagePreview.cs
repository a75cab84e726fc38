using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>What an operation would do. The contents of Secrets are redacted.</summary>
/// <param name="Manifest">The objects as they would be, as YAML documents; empty for a deletion.</param>
/// <param name="Notes">The notes that would be shown, or empty.</param>
/// <param name="Changes">What would change, object by object; objects that stay as they are do not appear.</param>
[GenerateSerializer, Immutable, Alias("wego.PackagePreview")]
public sealed record PackagePreview(string Manifest, string Notes, ImmutableArray<ResourceChange> Changes);
