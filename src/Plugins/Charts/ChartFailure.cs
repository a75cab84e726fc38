namespace Wego.Plugins.Charts;

/// <summary>Why a chart, an index or a registry could not be read.</summary>
public enum ChartFailure
{
    /// <summary>The address is no absolute <c>http</c>, <c>https</c> or <c>oci</c> URL.</summary>
    InvalidUrl,

    /// <summary>Credentials, a certificate or a key cannot be used as given.</summary>
    InvalidCredentials,

    /// <summary>No connection: name not resolved, refused, broken off, or TLS not agreed.</summary>
    Unreachable,

    /// <summary>The server did not answer in time.</summary>
    TimedOut,

    /// <summary>401: no or no valid credentials.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>404, or a version, tag or file that is not there.</summary>
    NotFound,

    /// <summary>429; <see cref="ChartException.RetryAfter"/> says how long to wait if the server did.</summary>
    RateLimited,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>Too many redirects, or one that must not be followed.</summary>
    BadRedirect,

    /// <summary>Any other status, or content that is not what was asked for.</summary>
    UnexpectedAnswer,

    /// <summary>More than the limits allow.</summary>
    TooLarge,

    /// <summary>The repository index is broken as a whole.</summary>
    MalformedIndex,

    /// <summary>The archive is broken or not a chart.</summary>
    MalformedArchive,

    /// <summary>The archive has an entry that could do harm when unpacked.</summary>
    UnsafeArchive,

    /// <summary>The content is not what its digest says.</summary>
    DigestMismatch,
}
