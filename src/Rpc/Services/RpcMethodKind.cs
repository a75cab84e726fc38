namespace Wego.Rpc;

/// <summary>Which sides of a method stream.</summary>
public enum RpcMethodKind
{
    /// <summary>One request, one response.</summary>
    Unary,

    /// <summary>One request, any number of responses.</summary>
    ServerStreaming,

    /// <summary>Any number of requests, one response.</summary>
    ClientStreaming,

    /// <summary>Any number of both, at the same time.</summary>
    BidiStreaming,
}
