using System.Collections;
using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>
/// The versions of a package, newest first, stored in columns: a row costs about fifty bytes beside its version string.
/// Addresses are kept as patterns without the version, which versions of one package share.
/// </summary>
public sealed class VersionTable : IReadOnlyList<CatalogueVersion>
{
    // Neither character can stand in an address.
    internal const char VersionMark = '\0';
    internal const char UrlSeparator = '\n';

    private readonly string[] _versions;
    private readonly string[] _appVersions;
    private readonly long[] _created;
    private readonly byte[] _digests;
    private readonly string[] _urls;

    internal VersionTable(string[] versions, string[] appVersions, long[] created, byte[] digests, string[] urls) =>
        (_versions, _appVersions, _created, _digests, _urls) = (versions, appVersions, created, digests, urls);

    /// <summary>No version.</summary>
    public static VersionTable Empty { get; } = new([], [], [], [], []);

    /// <summary>How many versions there are.</summary>
    public int Count => _versions.Length;

    /// <summary>The version in that row; 0 is the newest.</summary>
    public CatalogueVersion this[int index] => new(
        _versions[index],
        _appVersions[index],
        _created[index] == 0 ? null : new DateTimeOffset(_created[index], TimeSpan.Zero),
        ContentDigest.FromBytes(_digests.AsSpan(index * ContentDigest.Length, ContentDigest.Length)),
        UrlsAt(index));

    /// <summary>The version's text in that row.</summary>
    public string VersionAt(int index) => _versions[index];

    /// <summary>The application version in that row, or empty.</summary>
    public string AppVersionAt(int index) => _appVersions[index];

    /// <summary>The row of exactly that version, or -1.</summary>
    public int IndexOf(string version) => Array.IndexOf(_versions, version);

    /// <summary>Exactly that version, or null.</summary>
    public CatalogueVersion? Find(string version) => IndexOf(version) is var index and >= 0 ? this[index] : null;

    /// <inheritdoc/>
    public IEnumerator<CatalogueVersion> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ImmutableArray<string> UrlsAt(int index)
    {
        if (_urls[index].Length == 0)
        {
            return [];
        }

        var urls = _urls[index].Split(UrlSeparator);
        for (var i = 0; i < urls.Length; i++)
        {
            urls[i] = urls[i].Replace(VersionMark.ToString(), _versions[index], StringComparison.Ordinal);
        }

        return ImmutableArray.Create(urls);
    }
}
