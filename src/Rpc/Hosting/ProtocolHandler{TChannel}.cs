using Microsoft.AspNetCore.Http;
using Wego.Rpc.Compression;
using Wego.Rpc.Envelopes;

namespace Wego.Rpc.Hosting;

/// <summary>The steps that every protocol takes, around the two that differ: the layout of messages and of the status.</summary>
/// <typeparam name="TChannel">The layout of messages.</typeparam>
internal abstract class ProtocolHandler<TChannel>(RpcProtocol protocol, RpcCallExecutor executor, RpcOptions options, TimeProvider time) : ProtocolHandler
    where TChannel : class, IRpcMessageChannel
{
    protected RpcOptions Options => options;

    public sealed override async Task HandleAsync(RpcRequest request)
    {
        var http = request.Http;
        var context = new RpcContext(request.Endpoint.Descriptor, protocol, http);
        CallDeadline? deadline = null;
        TChannel? channel = null;
        RpcStatus status;
        try
        {
            if (ReadTimeout(http.Request.Headers) is { } timeout)
            {
                deadline = new CallDeadline(timeout, time, http.RequestAborted);
                context.SetDeadline(deadline);
            }

            StreamingRequests.Prepare(http, request.Endpoint);
            channel = CreateChannel(request, context);
            status = await executor.ExecuteAsync(request.Endpoint, context, channel);
        }
        catch (RpcException e)
        {
            status = e.Status;
        }
        finally
        {
            deadline?.Dispose();
        }

        await FinishAsync(http, request.MediaType, context, channel, status);
    }

    public sealed override ValueTask RejectAsync(HttpContext http, RpcMediaType mediaType, RpcStatus status) =>
        FinishAsync(http, mediaType, context: null, channel: null, status);

    /// <summary>Reads the caller's timeout; null where it has none.</summary>
    /// <exception cref="RpcException"><see cref="RpcStatusCode.InvalidArgument"/>: the header is malformed.</exception>
    protected abstract TimeSpan? ReadTimeout(IHeaderDictionary headers);

    /// <summary>Negotiates the encoding and makes the channel of a call.</summary>
    /// <exception cref="RpcException">The headers ask for what cannot be had.</exception>
    protected abstract TChannel CreateChannel(in RpcRequest request, RpcContext context);

    /// <summary>Writes the status, and all that goes before it where the call failed early.</summary>
    protected abstract ValueTask FinishAsync(HttpContext http, RpcMediaType mediaType, RpcContext? context, TChannel? channel, RpcStatus status);

    /// <summary>Negotiates the encoding of enveloped messages by headers of the given names.</summary>
    protected EnvelopeSettings NegotiateEnvelopes(in RpcRequest request, string encodingHeader, string acceptHeader)
    {
        var headers = request.Http.Request.Headers;
        var requestIsGzip = EncodingNegotiation.IsGzip(headers[encodingHeader]);
        int? threshold = null;
        if (options.CompressionThreshold is not null && EncodingNegotiation.AcceptsGzip(headers[acceptHeader]))
        {
            threshold = options.CompressionThreshold;
            request.Http.Response.Headers[encodingHeader] = EncodingNegotiation.Gzip;
        }

        return new EnvelopeSettings(request.Codec, options.MaxReceiveMessageSize, options.MaxSendMessageSize, requestIsGzip, threshold);
    }
}
