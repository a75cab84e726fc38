using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Charts;

/// <summary>Decodes the objects in which Helm keeps releases. Bounded, whatever they hold. Safe for use by many threads.</summary>
public sealed class StoredReleaseReader
{
    /// <summary>The most bytes that a release may have unpacked. Helm cannot store more than 1 MiB packed.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>The most bytes that a summary is looked for in.</summary>
    public const int MaxSummaryBytes = 4 * 1024 * 1024;

    private const int FirstRead = 16 * 1024;

    private readonly ReleaseStrings _strings = new();

    /// <summary>Reads what a list shows, and no more of the data than that takes. Never throws for odd data.</summary>
    /// <param name="obj">The object, see <see cref="StoredReleaseObject"/>.</param>
    /// <param name="problem">What is wrong with the data, or null.</param>
    public StoredReleaseSummary ReadSummary(KubernetesObject obj, out string? problem)
    {
        try
        {
            using var json = PackedReleaseStream.OpenJson(obj);
            problem = null;
            return ReadSummary(json);
        }
        catch (Exception e) when (IsBadData(e))
        {
            problem = Describe(e);
            return StoredReleaseSummary.Unknown;
        }
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: not a release as Helm writes it, or too large.</exception>
    public StoredRelease Read(KubernetesObject obj)
    {
        byte[]? buffer = null;
        try
        {
            using var json = PackedReleaseStream.OpenJson(obj);
            var length = ReadAll(json, ref buffer);
            return Read(buffer.AsSpan(0, length));
        }
        catch (Exception e) when (IsBadData(e))
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"The {obj.Kind} {obj.Namespace}/{obj.Name} does not hold a Helm release that can be read: {Describe(e)}.",
                e);
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Reads a release as <c>helm --output json</c> prints it.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public StoredRelease Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var fields = new ReleaseFields(_strings);
        var (notes, values, manifest) = ("", "null", "");
        var inInfo = false;
        while (reader.Read())
        {
            fields.Take(ref reader);
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            switch (reader.CurrentDepth)
            {
                case 1 when reader.ValueTextEquals("manifest"u8):
                    manifest = NextText(ref reader);
                    break;
                case 1 when reader.ValueTextEquals("config"u8):
                    reader.Read();
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    values = System.Text.Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]);
                    break;
                case 1:
                    inInfo = reader.ValueTextEquals("info"u8);
                    if (!inInfo && !reader.ValueTextEquals("chart"u8))
                    {
                        reader.Read();
                        reader.Skip();
                    }

                    break;
                case 2 when inInfo && reader.ValueTextEquals("notes"u8):
                    notes = NextText(ref reader);
                    break;
                case 2 when !inInfo && !reader.ValueTextEquals("metadata"u8):
                    reader.Read();
                    reader.Skip();
                    break;
            }
        }

        return new StoredRelease(fields.ToSummary(), notes, values, manifest);
    }

    private static string NextText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString()!;
        }

        reader.Skip();
        return "";
    }

    private StoredReleaseSummary ReadSummary(Stream json)
    {
        var fields = new ReleaseFields(_strings);
        var buffer = ArrayPool<byte>.Shared.Rent(FirstRead);
        try
        {
            var state = default(JsonReaderState);
            for (int filled = 0, total = 0; ;)
            {
                var read = json.Read(buffer, filled, buffer.Length - filled);
                (filled, total) = (filled + read, total + read);
                var reader = new Utf8JsonReader(buffer.AsSpan(0, filled), isFinalBlock: read == 0, state);
                while (reader.Read())
                {
                    fields.Take(ref reader);
                    if (fields.IsComplete)
                    {
                        return fields.ToSummary();
                    }
                }

                if (read == 0)
                {
                    return fields.ToSummary();
                }

                if (total > MaxSummaryBytes)
                {
                    throw new ReleaseDataException($"its first {MaxSummaryBytes} bytes do not tell what it is");
                }

                var consumed = (int)reader.BytesConsumed;
                state = reader.CurrentState;
                filled -= consumed;
                buffer.AsSpan(consumed, filled).CopyTo(buffer);
                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer, filled);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int ReadAll(Stream json, [NotNull] ref byte[]? buffer)
    {
        buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        for (var length = 0; ;)
        {
            var read = json.Read(buffer, length, buffer.Length - length);
            if (read == 0)
            {
                return length;
            }

            length += read;
            if (length > MaxBytes)
            {
                throw new ReleaseDataException($"it has more than {MaxBytes} bytes unpacked");
            }

            if (length == buffer.Length)
            {
                buffer = Grow(buffer, length);
            }
        }
    }

    private static byte[] Grow(byte[] buffer, int filled)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static bool IsBadData(Exception e) => e is ReleaseDataException or JsonException or InvalidDataException or InvalidOperationException;

    private static string Describe(Exception e) => e switch
    {
        ReleaseDataException => e.Message,
        JsonException => "its data is not JSON, or was cut off",
        InvalidDataException => "its data is not gzip, or was cut off",
        _ => "its data holds text that is no UTF-8",
    };
}
