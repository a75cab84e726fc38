using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wego.Sandbox.Authentication;
using Wego.Sandbox.Authorization;

namespace Wego.Sandbox.Serving;

/// <summary>What every request goes through: parse, authenticate, count, faults, authorize, serve; errors become Status objects.</summary>
internal sealed partial class RequestPipeline(
    TokenAuthenticator authenticator,
    RbacAuthorizer authorizer,
    SandboxFaults faults,
    SandboxRequests requests,
    RequestRouter router,
    ILogger<RequestPipeline> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var cancellationToken = http.RequestAborted;
        try
        {
            await ServeAsync(http, cancellationToken);
        }
        catch (ApiException e) when (!http.Response.HasStarted)
        {
            await ResponseWriter.WriteErrorAsync(http, e, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client went away.
        }
        catch (Exception e) when (!http.Response.HasStarted && e is not BadHttpRequestException)
        {
            LogFailure(logger, e, http.Request.Method, http.Request.Path);
            await ResponseWriter.WriteErrorAsync(http, ApiErrors.InternalError(e.GetType().Name), cancellationToken);
        }
    }

    private async Task ServeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var request = ApiRequestParser.Parse(http.Request.Method, http.Request.Path.Value ?? "/", http.Request.Query);
        ApiException? refused = null;
        try
        {
            var caller = authenticator.Authenticate(http.Request.Headers.Authorization.ToString());
            request = request with { User = Impersonation.Resolve(caller, http.Request.Headers, authorizer) };
        }
        catch (ApiException e)
        {
            refused = e;
        }

        var entry = new SandboxRequest(
            request.Verb,
            request.Group,
            request.Resource,
            request.Subresource,
            request.Namespace,
            request.Name,
            refused is null ? request.User.Name : "",
            request.Path,
            http.Request.Headers.UserAgent.ToString());
        requests.Add(entry);
        if (await faults.StrikeAsync(http, entry, cancellationToken))
        {
            return;
        }

        if (refused is not null)
        {
            throw refused;
        }

        Authorize(request);
        await router.RouteAsync(http, request, cancellationToken);
    }

    private void Authorize(ApiRequest request)
    {
        var attributes = request.IsResource
            ? new AccessAttributes
            {
                User = request.User,
                Verb = request.Verb,
                Group = request.Group,
                Resource = request.Resource,
                Subresource = request.Subresource,
                Namespace = request.Namespace,
                Name = request.SelectedName,
            }
            : new AccessAttributes { User = request.User, Verb = request.Verb, NonResourcePath = request.Path };
        var (allowed, reason) = authorizer.Authorize(attributes);
        requests.Add(new SandboxDecision(
            request.User.Name, request.Verb, request.Group, request.Resource, request.Subresource, request.Namespace, allowed, reason));
        if (allowed)
        {
            return;
        }

        throw request.IsResource
            ? ApiErrors.Forbidden(request.GroupResource, request.SelectedName, attributes.Describe())
            : new ApiException(403, "Forbidden", $"forbidden: {attributes.Describe()}", []);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, string path);
}
