using Wego.Kubernetes;

namespace Wego.Plugins;

/// <summary>Turns what the API server said into the code that a caller of Wego gets.</summary>
public static class KubernetesErrors
{
    /// <summary>Translates, keeping the API server's words.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="what">What was being done, for example <c>create HelmRelease team-a/web</c>.</param>
    public static PackageException Translate(KubernetesException exception, string what) =>
        new(CodeOf(exception.Failure), $"Could not {what}: {exception.Message}", exception);

    /// <summary>
    /// Translates a failure of a call with the service's own identity: what the service may not do, or is not recognised
    /// for, is no fault of the caller, who must not be told to log in again.
    /// </summary>
    public static PackageException TranslateOwn(KubernetesException exception, string what)
    {
        var translated = Translate(exception, what);
        return translated.Code is PackageErrorCode.Unauthenticated or PackageErrorCode.PermissionDenied
            ? new PackageException(PackageErrorCode.FailedPrecondition, $"Wego's own account is lacking: {translated.Message}", exception)
            : translated;
    }

    /// <summary>The code for a failure.</summary>
    public static PackageErrorCode CodeOf(KubernetesFailure failure) => failure switch
    {
        KubernetesFailure.Unauthorized => PackageErrorCode.Unauthenticated,
        KubernetesFailure.Forbidden => PackageErrorCode.PermissionDenied,
        KubernetesFailure.NotFound => PackageErrorCode.NotFound,
        KubernetesFailure.AlreadyExists => PackageErrorCode.AlreadyExists,
        KubernetesFailure.Conflict or KubernetesFailure.Expired => PackageErrorCode.Aborted,
        KubernetesFailure.BadRequest or KubernetesFailure.Invalid or KubernetesFailure.TooLarge => PackageErrorCode.InvalidArgument,
        KubernetesFailure.Throttled => PackageErrorCode.ResourceExhausted,
        KubernetesFailure.Timeout => PackageErrorCode.DeadlineExceeded,
        KubernetesFailure.Unavailable or KubernetesFailure.Unreachable or KubernetesFailure.InternalError => PackageErrorCode.Unavailable,
        _ => PackageErrorCode.Internal,
    };
}
