using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Wego.Sandbox.Charts;

/// <summary>One version of a sample chart, packed as Helm packs charts.</summary>
internal sealed class SampleChart
{
    private const string Prefix = "sample/";

    private SampleChart(string name, string version, string appVersion, string metadata, byte[] archive)
    {
        (Name, Version, AppVersion, Metadata, Archive) = (name, version, appVersion, metadata, archive);
        Digest = Convert.ToHexStringLower(SHA256.HashData(archive));
    }

    public string Name { get; }

    public string Version { get; }

    public string AppVersion { get; }

    /// <summary>The text of <c>Chart.yaml</c>.</summary>
    public string Metadata { get; }

    public byte[] Archive { get; }

    /// <summary>SHA-256 of the archive, lower-case hexadecimal.</summary>
    public string Digest { get; }

    public string FileName => $"{Name}-{Version}.tgz";

    /// <summary>Every version of every sample chart.</summary>
    public static IReadOnlyList<SampleChart> All()
    {
        (string Name, string Version, string AppVersion)[] versions =
        [
            ("hello-web", "2.0.0", "1.1.0"),
            ("hello-web", "1.1.0", "1.0.1"),
            ("hello-web", "1.0.0", "1.0.0"),
            ("counter", "0.3.1", "0.3"),
            ("counter", "0.3.0", "0.3"),
            ("nightly-report", "1.4.0", "2026.1"),
        ];
        return [.. versions.Select(v => Pack(v.Name, v.Version, v.AppVersion))];
    }

    private static SampleChart Pack(string name, string version, string appVersion)
    {
        var assembly = typeof(SampleChart).Assembly;
        var buffer = new MemoryStream();
        var metadata = "";
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith($"{Prefix}{name}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                var text = reader.ReadToEnd()
                    .Replace("${version}", version, StringComparison.Ordinal)
                    .Replace("${appVersion}", appVersion, StringComparison.Ordinal);
                var path = resource[Prefix.Length..];
                metadata = path == $"{name}/Chart.yaml" ? text : metadata;
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    // The same bytes each time, so that digests can be relied on.
                    ModificationTime = DateTimeOffset.UnixEpoch,
                });
            }
        }

        return new SampleChart(name, version, appVersion, metadata, buffer.ToArray());
    }
}
