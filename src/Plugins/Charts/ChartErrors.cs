namespace Wego.Plugins.Charts;

/// <summary>
/// Turns failures of the remote side into what callers get. Nothing about logins is worded as an HTTP server would: the Kubeapps
/// dashboard ends the user's session when it reads that.
/// </summary>
public static class ChartErrors
{
    /// <summary>Translates a failure.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="repository">The repository, as <c>namespace/name</c>.</param>
    /// <param name="url">The repository's address, as its object has it.</param>
    /// <param name="loginHint">What to add where the login was refused, or empty.</param>
    public static PackageException Translate(ChartException exception, string repository, string url, string loginHint = "")
    {
        var address = ChartAddress.Display(url);
        var message = exception.Failure switch
        {
            ChartFailure.InvalidUrl => $"{address} is not an address of a chart repository, or holds a password, which belongs into a Secret.",
            ChartFailure.InvalidCredentials => "A Secret of the repository holds a login or certificate that cannot be used as it is.",
            ChartFailure.Unauthorized or ChartFailure.Forbidden => $"{address} refused the login (HTTP {exception.HttpStatus}): check the Secret of the repository.{loginHint}",
            ChartFailure.RateLimited when exception.RetryAfter is { } wait => $"{exception.Message} It asks to wait for {GoDuration.Format(TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)))}.",
            _ => exception.Message,
        };
        return new PackageException(CodeOf(exception.Failure), $"Repository {repository}: {message}", exception) { RetryAfter = exception.RetryAfter };
    }

    /// <summary>The code for a failure.</summary>
    public static PackageErrorCode CodeOf(ChartFailure failure) => failure switch
    {
        ChartFailure.Unreachable or ChartFailure.TimedOut or ChartFailure.ServerError => PackageErrorCode.Unavailable,
        ChartFailure.RateLimited or ChartFailure.TooLarge => PackageErrorCode.ResourceExhausted,
        _ => PackageErrorCode.FailedPrecondition,
    };
}
