namespace Wego.Rpc.Client;

/// <summary>The protocol that a client speaks.</summary>
public enum RpcClientProtocol
{
    /// <summary>gRPC over HTTP/2; in cleartext with prior knowledge.</summary>
    Grpc,

    /// <summary>Connect with binary messages, over any HTTP version.</summary>
    Connect,
}
