namespace Wego.Rpc;

/// <summary>The protocol by which a call came in.</summary>
public enum RpcProtocol
{
    /// <summary>No network: a test or a call within the process.</summary>
    InProcess,

    /// <summary>gRPC over HTTP/2.</summary>
    Grpc,

    /// <summary>gRPC-Web, binary or text.</summary>
    GrpcWeb,

    /// <summary>Connect, unary or streaming.</summary>
    Connect,

    /// <summary>JSON over HTTP by the <c>google.api.http</c> bindings.</summary>
    Rest,
}
