using Microsoft.AspNetCore.Http;

namespace Wego.Rpc;

/// <summary>Binary metadata: headers whose name ends in <c>-bin</c> and whose value is base64 (gRPC over HTTP/2, "Custom-Metadata").</summary>
public static class RpcMetadata
{
    /// <summary>The end of the name of every header that holds bytes.</summary>
    public const string BinarySuffix = "-bin";

    /// <summary>Reads the values of a binary header, with or without base64 padding; several values may share a line.</summary>
    /// <exception cref="RpcException"><see cref="RpcStatusCode.InvalidArgument"/>: a value is no base64.</exception>
    public static IReadOnlyList<byte[]> GetBinary(this IHeaderDictionary headers, string name)
    {
        ArgumentNullException.ThrowIfNull(headers);
        RequireBinaryName(name);
        var values = new List<byte[]>();
        foreach (var line in headers[name])
        {
            foreach (var value in (line ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
            {
                values.Add(Decode(value)
                    ?? throw new RpcException(RpcStatusCode.InvalidArgument, $"The value of the header {name} is not base64."));
            }
        }

        return values;
    }

    /// <summary>Adds a value to a binary header.</summary>
    public static void AppendBinary(this IHeaderDictionary headers, string name, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(headers);
        RequireBinaryName(name);
        headers.Append(name, Encode(value));
    }

    /// <summary>Base64 without padding, as gRPC and Connect send it.</summary>
    internal static string Encode(ReadOnlySpan<byte> value) => Convert.ToBase64String(value).TrimEnd('=');

    /// <summary>Base64 with or without padding; null where it is none.</summary>
    internal static byte[]? Decode(string value)
    {
        var unpadded = value.AsSpan().TrimEnd('=');
        var padded = string.Concat(unpadded, (unpadded.Length % 4) switch { 2 => "==", 3 => "=", _ => string.Empty });
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }

    private static void RequireBinaryName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.EndsWith(BinarySuffix, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"The name of a binary header ends in {BinarySuffix}; '{name}' does not.", nameof(name));
        }
    }
}
