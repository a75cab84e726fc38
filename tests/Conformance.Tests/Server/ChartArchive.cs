using System.Formats.Tar;
using System.IO.Compression;

namespace Wego.Conformance;

/// <summary>Packs charts.</summary>
internal static class ChartArchive
{
    /// <summary>The archive of a folder <c>NAME-VERSION.tgz</c>, which holds what is below <c>NAME/</c> in the archive.</summary>
    public static byte[] Pack(string folder)
    {
        var name = Path.GetFileName(folder);
        name = name[..name.LastIndexOf('-')];
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                tar.WriteEntry(file, $"{name}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}");
            }
        }

        return stream.ToArray();
    }
}
