using Google.Protobuf.WellKnownTypes;

namespace Wego.Rpc;

/// <summary>How a call ended: <c>google.rpc.Status</c> without the wire format.</summary>
/// <param name="Code">The canonical code.</param>
/// <param name="Message">A sentence for people; empty when there is nothing to say.</param>
/// <param name="Details">Typed details for programs.</param>
public sealed record RpcStatus(RpcStatusCode Code, string Message, IReadOnlyList<Any> Details)
{
    /// <summary>A status without details.</summary>
    public RpcStatus(RpcStatusCode code, string message)
        : this(code, message, [])
    {
    }

    /// <summary>Success.</summary>
    public static RpcStatus OK { get; } = new(RpcStatusCode.OK, string.Empty);

    /// <summary>True on success.</summary>
    public bool IsOK => Code == RpcStatusCode.OK;
}
