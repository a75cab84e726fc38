using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>
/// Turns failures of the remote side into what callers get. Nothing about logins is worded as an HTTP server would: the Kubeapps
/// dashboard ends the user's session when it reads that.
/// </summary>
internal static class ChartErrors
{
    public static PackageException Translate(ChartException exception, KubernetesObject repository)
    {
        var name = $"{repository.Namespace}/{repository.Name}";
        var address = RepositoryUrl.Display(repository.Text("spec", "url"));
        var message = exception.Failure switch
        {
            ChartFailure.InvalidUrl => $"{address} is not an address of a chart repository, or holds a password, which belongs into a Secret.",
            ChartFailure.InvalidCredentials => "A Secret of the repository holds a login or certificate that cannot be used as it is.",
            ChartFailure.Unauthorized or ChartFailure.Forbidden => $"{address} refused the login (HTTP {exception.HttpStatus}): check the Secret of the repository.{ProviderHint(repository)}",
            _ => exception.Message,
        };
        return new PackageException(CodeOf(exception.Failure), $"Repository {name}: {message}", exception);
    }

    public static PackageErrorCode CodeOf(ChartFailure failure) => failure switch
    {
        ChartFailure.Unreachable or ChartFailure.TimedOut or ChartFailure.ServerError => PackageErrorCode.Unavailable,
        ChartFailure.RateLimited or ChartFailure.TooLarge => PackageErrorCode.ResourceExhausted,
        _ => PackageErrorCode.FailedPrecondition,
    };

    private static string ProviderHint(KubernetesObject repository) =>
        repository.Text("spec", "provider") is { Length: > 0 } provider and not FluxProvider.Generic
            ? $" Flux logs in as a workload of {provider} here; Wego cannot, so the catalogue needs a Secret, or to be public."
            : "";
}
