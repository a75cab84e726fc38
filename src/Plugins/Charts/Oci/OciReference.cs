namespace Wego.Plugins.Charts;

/// <summary>Names an artifact, or a path, in a registry: <c>oci://registry/path[:tag][@digest]</c>.</summary>
/// <param name="Registry">Host, with port where one is given.</param>
/// <param name="Path">The path, without slashes at its ends; may be empty.</param>
/// <param name="Tag">The tag, or empty.</param>
/// <param name="Digest">The manifest's digest as it was written, or empty. It goes before the tag.</param>
internal sealed record OciReference(string Registry, string Path, string Tag = "", string Digest = "")
{
    /// <summary>What a manifest is asked for by.</summary>
    public string Selector => Digest.Length > 0 ? Digest : Tag;

    /// <summary>Reads an <c>oci://</c> address.</summary>
    public static OciReference Parse(Uri url)
    {
        var path = Uri.UnescapeDataString(url.AbsolutePath).Trim('/');
        var (tag, digest) = ("", "");
        if (path.IndexOf('@', StringComparison.Ordinal) is var at and >= 0)
        {
            (path, digest) = (path[..at], path[(at + 1)..]);
        }

        if (path.LastIndexOf(':') is var colon and >= 0)
        {
            (path, tag) = (path[..colon], path[(colon + 1)..]);
        }

        return new OciReference(url.IsDefaultPort || url.Port < 0 ? url.Host : url.Authority, path, OciTag.FromVersion(tag), digest);
    }

    /// <summary>The reference below this one.</summary>
    public OciReference Child(string name) => new(Registry, Path.Length == 0 ? name : $"{Path}/{name}");

    /// <inheritdoc/>
    public override string ToString() =>
        $"oci://{Registry}/{Path}{(Tag.Length > 0 ? ":" : "")}{Tag}{(Digest.Length > 0 ? "@" : "")}{Digest}";
}
