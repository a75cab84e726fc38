using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Wego.Rpc.Codecs;
using Wego.Rpc.Grpc;
using Wego.Rpc.Hosting;
using Wego.Rpc.Rest.Routing;

namespace Wego.Rpc.Rest;

/// <summary>Answers requests by the <c>google.api.http</c> bindings of the methods served.</summary>
internal sealed class RestDispatcher(RpcMethodRegistry registry, RpcCallExecutor executor, IOptions<RpcOptions> options, TimeProvider time)
{
    private readonly RpcOptions _options = options.Value;
    private readonly JsonCodec _codec = new(registry);
    private volatile RoutedEndpoints _routed = new(registry.Endpoints);

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var path = RequestPath.Of(http, _options.PathPrefix);
        if (Router.Find(http.Request.Method, path) is { } match)
        {
            await HandleAsync(http, match);
            return;
        }

        await next(http);
        if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound, ContentType: null })
        {
            await RefuseAsync(http, path);
        }
    }

    /// <summary>The router of all services; made anew where a service has been added.</summary>
    private RestRouter Router
    {
        get
        {
            var routed = _routed;
            if (routed.Endpoints != registry.Endpoints)
            {
                _routed = routed = new RoutedEndpoints(registry.Endpoints);
            }

            return routed.Router;
        }
    }

    private async Task HandleAsync(HttpContext http, RestMatch match)
    {
        var endpoint = match.Binding.Endpoint;
        var context = new RpcContext(endpoint.Descriptor, RpcProtocol.Rest, http);
        var reader = new RestRequestReader(http, match, _codec, registry.JsonParser, _options.MaxReceiveMessageSize);
        var channel = new RestChannel(http, match.Binding, context, reader, registry, _options);
        CallDeadline? deadline = null;
        RpcStatus status;
        try
        {
            if (http.Request.Headers[GrpcHeaderNames.Timeout] is [{ } timeout, ..])
            {
                deadline = new CallDeadline(GrpcTimeout.Parse(timeout), time, http.RequestAborted);
                context.SetDeadline(deadline);
            }

            StreamingRequests.Prepare(http, endpoint);
            status = await executor.ExecuteAsync(endpoint, context, channel);
        }
        catch (RpcException e)
        {
            status = e.Status;
        }
        finally
        {
            deadline?.Dispose();
        }

        if (!http.RequestAborted.IsCancellationRequested)
        {
            await channel.FinishAsync(status);
        }
    }

    // Other transcoders answer a path that is bound to other methods with UNIMPLEMENTED, and its HTTP status.
    private Task RefuseAsync(HttpContext http, RequestPath path)
    {
        var allowed = string.Join(", ", Router.AllowedMethods(path));
        if (allowed.Length == 0)
        {
            return SendAsync(RpcStatusCode.NotFound, $"Nothing is served at {http.Request.Path}; /openapi.json lists what is.");
        }

        http.Response.Headers.Allow = allowed;
        return SendAsync(RpcStatusCode.Unimplemented, $"{http.Request.Method} is not allowed at {http.Request.Path}; use {allowed}.");

        Task SendAsync(RpcStatusCode code, string message) =>
            RestResponse.SendErrorAsync(http, new RpcStatus(code, message), RestStatus.ToHttp(code), registry.JsonFormatter);
    }

    private sealed class RoutedEndpoints(IReadOnlyList<RpcEndpoint> endpoints)
    {
        public IReadOnlyList<RpcEndpoint> Endpoints => endpoints;

        public RestRouter Router { get; } = new(endpoints.SelectMany(RestBindingFactory.Create));
    }
}
