using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Services;

internal sealed class BidiStreamingEndpoint<TRequest, TResponse>(
    MethodDescriptor descriptor, Func<IAsyncEnumerable<TRequest>, RpcContext, IAsyncEnumerable<TResponse>> method)
    : RpcEndpoint(descriptor)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    internal override async Task InvokeAsync(RpcContext context)
    {
        var cancellationToken = context.CancellationToken;
        var requests = RequestReader.ReadAllAsync<TRequest>(context, cancellationToken);
        await foreach (var response in method(requests, context).WithCancellation(cancellationToken))
        {
            await context.Channel.WriteAsync(response, cancellationToken);
        }
    }
}
