namespace Wego.Rpc;

/// <summary>The canonical status codes of gRPC, with their wire numbers (grpc/doc/statuscodes.md).</summary>
public enum RpcStatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The caller cancelled the call.</summary>
    Cancelled = 1,

    /// <summary>An error of unknown kind, typically one that another system did not classify.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed before the call completed.</summary>
    DeadlineExceeded = 4,

    /// <summary>The thing asked for does not exist, or the caller may not know that it does.</summary>
    NotFound = 5,

    /// <summary>The thing to be created exists.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known but may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A limit was reached: a quota, or the size of a message.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the operation needs.</summary>
    FailedPrecondition = 9,

    /// <summary>The operation lost against a concurrent one; trying again from reading may help.</summary>
    Aborted = 10,

    /// <summary>The request reaches beyond a valid range.</summary>
    OutOfRange = 11,

    /// <summary>The method, or what was asked of it, is not implemented.</summary>
    Unimplemented = 12,

    /// <summary>A defect of the server.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached at the moment; trying again may help.</summary>
    Unavailable = 14,

    /// <summary>Data was lost or damaged beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller did not say, or not validly, who it is.</summary>
    Unauthenticated = 16,
}
