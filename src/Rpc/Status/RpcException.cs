using Google.Protobuf.WellKnownTypes;

namespace Wego.Rpc;

/// <summary>
/// Ends a call with a status. It is the only exception whose text reaches a caller; everything else that a service throws
/// becomes <see cref="RpcStatusCode.Internal"/> with a general text.
/// </summary>
public sealed class RpcException : Exception
{
    /// <summary>Creates the exception from a code, a sentence for people and optional typed details.</summary>
    /// <param name="code">Any code but <see cref="RpcStatusCode.OK"/>.</param>
    /// <param name="message">What is wrong and how to put it right; it is sent to the caller.</param>
    /// <param name="details">Messages such as <c>google.rpc.BadRequest</c>, packed; null for none.</param>
    /// <param name="innerException">The cause; it is never sent.</param>
    public RpcException(RpcStatusCode code, string message, IReadOnlyList<Any>? details = null, Exception? innerException = null)
        : this(new RpcStatus(code, message, details ?? []), innerException)
    {
    }

    /// <summary>Creates the exception from a status other than success.</summary>
    public RpcException(RpcStatus status, Exception? innerException = null)
        : base(status?.Message, innerException)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (status.IsOK)
        {
            throw new ArgumentException("An exception cannot carry the status OK.", nameof(status));
        }

        Status = status;
    }

    /// <summary>The status with which the call ends.</summary>
    public RpcStatus Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public RpcStatusCode Code => Status.Code;

    /// <summary>The typed details of <see cref="Status"/>.</summary>
    public IReadOnlyList<Any> Details => Status.Details;
}
