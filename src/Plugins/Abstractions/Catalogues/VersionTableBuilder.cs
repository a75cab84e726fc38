using System.Runtime.InteropServices;

namespace Wego.Plugins;

/// <summary>Collects versions in any order and makes a table of them. Not safe for use by several threads.</summary>
/// <param name="strings">Where equal strings of the whole catalogue are shared.</param>
public sealed class VersionTableBuilder(StringPool strings)
{
    private readonly List<Row> _rows = [];

    /// <summary>How many versions were added.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a version.</summary>
    /// <param name="version">The version; not empty.</param>
    /// <param name="appVersion">The application version, or empty.</param>
    /// <param name="created">When it was published, or null.</param>
    /// <param name="digest">The archive's digest, or null.</param>
    /// <param name="urls">Where the archive is, best first.</param>
    public void Add(string version, string appVersion, DateTimeOffset? created, ContentDigest? digest, ReadOnlySpan<string> urls)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        _rows.Add(new Row(strings.Add(version), strings.Add(appVersion), created?.UtcTicks ?? 0, digest, strings.Add(Pattern(urls, version))));
    }

    /// <summary>Makes the table.</summary>
    /// <param name="order">The rows by the order of their addition, in the order that the table is to have; empty keeps the order of addition.</param>
    public VersionTable Build(ReadOnlySpan<int> order = default)
    {
        var count = order.IsEmpty ? _rows.Count : order.Length;
        var (versions, appVersions, created, urls) = (new string[count], new string[count], new long[count], new string[count]);
        var digests = new byte[count * ContentDigest.Length];
        var rows = CollectionsMarshal.AsSpan(_rows);
        for (var i = 0; i < count; i++)
        {
            ref readonly var row = ref rows[order.IsEmpty ? i : order[i]];
            versions[i] = row.Version;
            appVersions[i] = row.AppVersion;
            created[i] = row.Created;
            urls[i] = row.Urls;
            row.Digest?.CopyTo(digests.AsSpan(i * ContentDigest.Length));
        }

        return new VersionTable(versions, appVersions, created, digests, urls);
    }

    /// <summary>Forgets what was added, for the next package.</summary>
    public void Clear() => _rows.Clear();

    private static string Pattern(ReadOnlySpan<string> urls, string version) => urls.Length switch
    {
        0 => "",
        1 => Pattern(urls[0], version),
        _ => string.Join(VersionTable.UrlSeparator, urls.ToArray().Select(url => Pattern(url, version))),
    };

    private static string Pattern(string url, string version)
    {
        if (url.AsSpan().ContainsAny(VersionTable.VersionMark, VersionTable.UrlSeparator))
        {
            throw new ArgumentException("An address cannot contain a line break or NUL.", nameof(url));
        }

        return url.Replace(version, VersionTable.VersionMark.ToString(), StringComparison.Ordinal);
    }

    private readonly record struct Row(string Version, string AppVersion, long Created, ContentDigest? Digest, string Urls);
}
