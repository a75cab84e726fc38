using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>One version of a package.</summary>
/// <param name="Version">The package's version, as the repository spells it.</param>
/// <param name="AppVersion">The version of what the package installs, or empty.</param>
/// <param name="Created">When the version was published, in UTC, or null where the repository does not say.</param>
/// <param name="Digest">The digest of the archive, or null where the repository does not say.</param>
/// <param name="Urls">Where the archive is, best first, as the repository spells it: an address may be relative to the repository's.</param>
public readonly record struct CatalogueVersion(
    string Version,
    string AppVersion,
    DateTimeOffset? Created,
    ContentDigest? Digest,
    ImmutableArray<string> Urls)
{
    /// <summary>Whether both say the same, address for address.</summary>
    public bool Equals(CatalogueVersion other) =>
        (Version, AppVersion, Created, Digest) == (other.Version, other.AppVersion, other.Created, other.Digest)
        && Urls.AsSpan().SequenceEqual(other.Urls.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Version, AppVersion, Created, Digest);
}
