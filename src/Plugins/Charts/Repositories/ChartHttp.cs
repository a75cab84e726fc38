using System.Net;

namespace Wego.Plugins.Charts;

/// <summary>Exchanges with repositories and registries: time limit, redirects, and errors that say what went wrong.</summary>
internal sealed class ChartHttp(HandlerPool handlers, ChartRepositoryOptions options, TimeProvider time)
{
    public ChartRepositoryOptions Options => options;

    public TimeProvider Time => time;

    /// <summary>Sends a request and reads the answer within the time limit.</summary>
    /// <param name="connection">How to reach the server.</param>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads the answer, whatever its status.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ChartException">Nothing could be read.</exception>
    public async Task<T> ExchangeAsync<T>(
        ChartConnection connection,
        ChartRequest request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        var limit = connection.Timeout ?? options.Timeout;
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var lease = handlers.Rent(connection);
            using var response = await FollowAsync(lease.Invoker, request, either.Token);
            return await read(response, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = timeout.IsCancellationRequested ? $"within {limit.TotalSeconds:0.###} seconds" : "in time to connect";
            throw new ChartException(ChartFailure.TimedOut, $"{ChartUrl.Display(request.Url)} did not answer {reason}.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ChartException(ChartFailure.Unreachable, $"{ChartUrl.Display(request.Url)} could not be read: {Root(e).Message}", e);
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(HttpMessageInvoker invoker, ChartRequest request, CancellationToken cancellationToken)
    {
        var hop = request.Url;
        for (var redirects = 0; ; redirects++)
        {
            using var message = request.ToMessage(hop);
            var response = await invoker.SendAsync(message, cancellationToken);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            if (redirects == options.MaxRedirects)
            {
                throw new ChartException(ChartFailure.BadRedirect, $"{ChartUrl.Display(request.Url)} redirects more than {options.MaxRedirects} times.");
            }

            hop = location.IsAbsoluteUri ? location : new Uri(hop, location);
            if (hop.Scheme is not ("http" or "https"))
            {
                throw new ChartException(ChartFailure.BadRedirect, $"{ChartUrl.Display(request.Url)} redirects to the scheme {hop.Scheme}; only http and https are followed.");
            }
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => status is
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    // The outer message is "An error occurred while sending the request"; what helps lies within.
    private static Exception Root(Exception e) => e.InnerException is { } inner ? Root(inner) : e;
}
