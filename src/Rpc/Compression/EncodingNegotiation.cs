using Microsoft.Extensions.Primitives;

namespace Wego.Rpc.Compression;

/// <summary>The negotiation of compression by headers that name encodings.</summary>
internal static class EncodingNegotiation
{
    /// <summary>What this server accepts.</summary>
    public static StringValues Accepted { get; } = GzipCodec.AcceptedEncodings;

    /// <summary>The value of a header that names gzip.</summary>
    public static StringValues Gzip { get; } = GzipCodec.Name;

    /// <summary>True where request messages may be gzip, false for identity.</summary>
    /// <exception cref="RpcException"><see cref="RpcStatusCode.Unimplemented"/>: any other encoding.</exception>
    public static bool IsGzip(StringValues encoding)
    {
        if (encoding.Count == 0)
        {
            return false;
        }

        var name = encoding.ToString();
        return name switch
        {
            GzipCodec.Name => true,
            "" or "identity" => false,
            _ => throw new RpcException(
                RpcStatusCode.Unimplemented, $"The encoding '{name}' is not supported; use one of {GzipCodec.AcceptedEncodings}."),
        };
    }

    /// <summary>True where the caller can read gzip.</summary>
    public static bool AcceptsGzip(StringValues accepted)
    {
        foreach (var line in accepted)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var name = line.AsSpan()[range].Trim();
                var parameters = name.IndexOf(';');
                var refused = parameters >= 0 && name[parameters..].EndsWith("=0", StringComparison.Ordinal);
                if (!refused && (parameters < 0 ? name : name[..parameters].TrimEnd()).Equals(GzipCodec.Name, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
