using System.Text;
using Google.Protobuf;

namespace Wego.Rpc.Tests.Support;

/// <summary>A content type and how it lays out messages, written down apart from the product's own code.</summary>
public sealed record CallFormat(string ContentType)
{
    public static readonly CallFormat[] All =
    [
        new("application/grpc"), new("application/grpc+proto"), new("application/grpc+json"),
        new("application/grpc-web"), new("application/grpc-web+proto"), new("application/grpc-web+json"),
        new("application/grpc-web-text"), new("application/grpc-web-text+proto"),
        new("application/proto"), new("application/json"),
        new("application/connect+proto"), new("application/connect+json"),
    ];

    public bool IsGrpc => ContentType.StartsWith("application/grpc", StringComparison.Ordinal) && !IsWeb;

    public bool IsWeb => ContentType.StartsWith("application/grpc-web", StringComparison.Ordinal);

    public bool IsText => ContentType.StartsWith("application/grpc-web-text", StringComparison.Ordinal);

    public bool IsConnectUnary => ContentType is "application/proto" or "application/json";

    public bool IsConnectStreaming => ContentType.StartsWith("application/connect+", StringComparison.Ordinal);

    public bool IsJson => ContentType.EndsWith("json", StringComparison.Ordinal);

    public bool IsEnveloped => !IsConnectUnary;

    public string EncodingHeader => IsConnectUnary ? "content-encoding" : IsConnectStreaming ? "connect-content-encoding" : "grpc-encoding";

    public string AcceptEncodingHeader => IsConnectUnary ? "accept-encoding" : IsConnectStreaming ? "connect-accept-encoding" : "grpc-accept-encoding";

    public string TimeoutHeader => ContentType.StartsWith("application/grpc", StringComparison.Ordinal) ? "grpc-timeout" : "connect-timeout-ms";

    public byte[] Serialize(IMessage message) =>
        IsJson ? Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message)) : message.ToByteArray();

    /// <summary>The body that holds the payloads; the flags are those of every envelope.</summary>
    public byte[] Body(byte flags, params byte[][] payloads)
    {
        var body = IsEnveloped ? [.. payloads.SelectMany(p => Envelope(flags, p))] : payloads.SelectMany(p => p).ToArray();
        return Finish(body);
    }

    /// <summary>Turns raw bytes into what goes over the wire.</summary>
    public byte[] Finish(byte[] body) => IsText ? Encoding.ASCII.GetBytes(Convert.ToBase64String(body)) : body;

    public override string ToString() => ContentType;

    private static byte[] Envelope(byte flags, byte[] payload)
    {
        var length = payload.Length;
        return [flags, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. payload];
    }
}
