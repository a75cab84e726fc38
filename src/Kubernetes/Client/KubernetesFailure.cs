namespace Wego.Kubernetes;

/// <summary>Why a request to the API server failed, from its <c>Status.reason</c> or, lacking one, its HTTP status.</summary>
public enum KubernetesFailure
{
    /// <summary>Anything else; see the HTTP status.</summary>
    Other,

    /// <summary>400, or a body that is no valid object.</summary>
    BadRequest,

    /// <summary>401: no or no valid credentials.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>409 with reason AlreadyExists.</summary>
    AlreadyExists,

    /// <summary>409: changed in between, or field-manager conflict.</summary>
    Conflict,

    /// <summary>410: the resource version or continue token is too old.</summary>
    Expired,

    /// <summary>413.</summary>
    TooLarge,

    /// <summary>422: schema or admission refused the object.</summary>
    Invalid,

    /// <summary>429.</summary>
    Throttled,

    /// <summary>500.</summary>
    InternalError,

    /// <summary>503, an answer from something in front of the API server, or the service has no credentials of its own at hand.</summary>
    Unavailable,

    /// <summary>The API server did not answer in time (client deadline, 504, or reason Timeout).</summary>
    Timeout,

    /// <summary>No connection, a TLS failure, or a connection that broke.</summary>
    Unreachable,
}
