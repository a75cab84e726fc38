using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Wego.Sandbox.Carvel;

/// <summary>The content of a sample package repository: the folder <c>packages</c> with a file for each package, as kapp-controller reads it.</summary>
internal static class SamplePackages
{
    private static readonly (string Package, string Version, string ReleasedAt)[] Versions =
    [
        ("greeter", "1.0.0", "2025-03-01T09:00:00Z"),
        ("greeter", "1.1.0", "2025-06-15T09:00:00Z"),
        ("greeter", "2.0.0", "2025-11-20T09:00:00Z"),
        ("motd", "0.1.0", "2025-01-02T09:00:00Z"),
        ("motd", "0.2.0-rc.1", "2025-10-10T09:00:00Z"),
    ];

    /// <summary>The files, by path.</summary>
    public static IReadOnlyDictionary<string, string> Files()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (package, version, releasedAt) in Versions)
        {
            var folder = $"packages/{package}.packages.example.com";
            files[$"{folder}/metadata.yml"] = Read($"{package}-metadata");
            files[$"{folder}/{version}.yml"] = Read(package)
                .Replace("${version}", version, StringComparison.Ordinal)
                .Replace("${releasedAt}", releasedAt, StringComparison.Ordinal);
        }

        return files;
    }

    /// <summary>The same as an archive for an <c>http</c> repository.</summary>
    public static byte[] Archive()
    {
        var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (path, text) in Files())
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    // The same bytes each time, so that digests can be relied on.
                    ModificationTime = DateTimeOffset.UnixEpoch,
                });
            }
        }

        return buffer.ToArray();
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(SamplePackages).Assembly.GetManifestResourceStream($"carvel/sample/{name}.yaml")!);
        return reader.ReadToEnd();
    }
}
