using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Wego.Charts.Tests;

/// <summary>Packs charts.</summary>
internal static class ChartPackage
{
    /// <summary>A small chart.</summary>
    public static byte[] Small(string name = "app", string version = "1.0.0") => Pack(
        ($"{name}/Chart.yaml", $"apiVersion: v2\nname: {name}\nversion: {version}\nappVersion: \"7\"\ndescription: A chart\n"),
        ($"{name}/values.yaml", "replicas: 1\n"),
        ($"{name}/README.md", $"# {name}\n"));

    public static byte[] Pack(params (string Path, string Text)[] files) =>
        Pack(files.Select(f => (TarEntry)new PaxTarEntry(TarEntryType.RegularFile, f.Path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(f.Text)) }));

    public static byte[] Pack(IEnumerable<TarEntry> entries)
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(packed, CompressionLevel.Fastest), TarEntryFormat.Pax))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return packed.ToArray();
    }
}
