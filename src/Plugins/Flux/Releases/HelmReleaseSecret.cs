using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>
/// Decodes the Secret in which Helm keeps a release: key <c>release</c>, holding base64 of gzip of JSON, on top of the base64 of
/// Secrets. Releases that Helm stored uncompressed are read, too.
/// </summary>
internal static class HelmReleaseSecret
{
    /// <summary>The most bytes that a release may have unpacked. Helm cannot store more than 1 MiB packed.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b, 0x08];

    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: not a release as Helm writes it, or too large.</exception>
    public static HelmReleaseRecord Decode(KubernetesObject secret)
    {
        try
        {
            var encoded = Convert.FromBase64String(secret.Text("data", "release"));
            var packed = Convert.FromBase64String(Encoding.ASCII.GetString(encoded));
            using var json = JsonDocument.Parse(packed.AsSpan().StartsWith(GzipMagic) ? Unpack(packed, secret.Name) : packed);
            var root = json.RootElement;
            var chart = root.Child("chart").Child("metadata");
            return new HelmReleaseRecord(chart.Text("version"), chart.Text("appVersion"), root.Child("info").Text("notes"), root.Text("manifest"));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidDataException)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"The Secret {secret.Namespace}/{secret.Name} does not hold a Helm release that can be read: {e.Message}",
                e);
        }
    }

    private static ReadOnlyMemory<byte> Unpack(byte[] packed, string name)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = gzip.Read(buffer)) > 0;)
        {
            if (unpacked.Length + read > MaxBytes)
            {
                throw new PackageException(PackageErrorCode.ResourceExhausted, $"The Helm release in Secret {name} has more than {MaxBytes} bytes unpacked.");
            }

            unpacked.Write(buffer, 0, read);
        }

        return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
    }
}
