using System.Collections.Frozen;

namespace Wego.Rpc.Hosting;

/// <summary>A content type that names a protocol and a format.</summary>
internal sealed record RpcMediaType(string Name, RpcWireProtocol Protocol, bool IsJson)
{
    private static readonly FrozenDictionary<string, RpcMediaType> ByName = Enumerate().ToFrozenDictionary(m => m.Name, StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<string, RpcMediaType>.AlternateLookup<ReadOnlySpan<char>> BySpan = ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every known name, for the header <c>Accept-Post</c>.</summary>
    public static string AllNames { get; } = string.Join(", ", Enumerate().Select(m => m.Name));

    /// <summary>Finds the media type of a content type, ignoring its parameters; null for any other.</summary>
    public static RpcMediaType? Find(string? contentType)
    {
        if (contentType is null)
        {
            return null;
        }

        if (ByName.TryGetValue(contentType, out var found))
        {
            return found;
        }

        var semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
        return semicolon >= 0 && BySpan.TryGetValue(contentType.AsSpan(0, semicolon).TrimEnd(), out found) ? found : null;
    }

    private static IEnumerable<RpcMediaType> Enumerate()
    {
        yield return new("application/grpc", RpcWireProtocol.Grpc, IsJson: false);
        yield return new("application/grpc+proto", RpcWireProtocol.Grpc, IsJson: false);
        yield return new("application/grpc+json", RpcWireProtocol.Grpc, IsJson: true);
        yield return new("application/grpc-web", RpcWireProtocol.GrpcWeb, IsJson: false);
        yield return new("application/grpc-web+proto", RpcWireProtocol.GrpcWeb, IsJson: false);
        yield return new("application/grpc-web+json", RpcWireProtocol.GrpcWeb, IsJson: true);
        yield return new("application/grpc-web-text", RpcWireProtocol.GrpcWebText, IsJson: false);
        yield return new("application/grpc-web-text+proto", RpcWireProtocol.GrpcWebText, IsJson: false);
        yield return new("application/proto", RpcWireProtocol.ConnectUnary, IsJson: false);
        yield return new("application/json", RpcWireProtocol.ConnectUnary, IsJson: true);
        yield return new("application/connect+proto", RpcWireProtocol.ConnectStreaming, IsJson: false);
        yield return new("application/connect+json", RpcWireProtocol.ConnectStreaming, IsJson: true);
    }
}
