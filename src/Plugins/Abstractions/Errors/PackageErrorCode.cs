namespace Wego.Plugins;

/// <summary>Why an operation on a package or repository failed. The frontend turns it into the status of the wire.</summary>
public enum PackageErrorCode
{
    /// <summary>A bug.</summary>
    Internal,

    /// <summary>A field of the request is wrong.</summary>
    InvalidArgument,

    /// <summary>No or no valid credentials.</summary>
    Unauthenticated,

    /// <summary>The caller may not do this, or see whether the object exists.</summary>
    PermissionDenied,

    /// <summary>There is no such object.</summary>
    NotFound,

    /// <summary>There is one already.</summary>
    AlreadyExists,

    /// <summary>The object is not in a state that allows it.</summary>
    FailedPrecondition,

    /// <summary>Somebody else changed the object in between.</summary>
    Aborted,

    /// <summary>A limit was reached, here or at a remote side.</summary>
    ResourceExhausted,

    /// <summary>A remote side cannot be reached at present.</summary>
    Unavailable,

    /// <summary>It took too long.</summary>
    DeadlineExceeded,

    /// <summary>This format does not have this.</summary>
    Unimplemented,
}
