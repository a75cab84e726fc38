namespace Wego.Rpc.Hosting;

/// <summary>How a call is laid out on the wire.</summary>
internal enum RpcWireProtocol
{
    Grpc,
    GrpcWeb,
    GrpcWebText,
    ConnectUnary,
    ConnectStreaming,
}
