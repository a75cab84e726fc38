using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Services;

internal sealed class ServerStreamingEndpoint<TRequest, TResponse>(
    MethodDescriptor descriptor, Func<TRequest, RpcContext, IAsyncEnumerable<TResponse>> method)
    : RpcEndpoint(descriptor)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    internal override async Task InvokeAsync(RpcContext context)
    {
        var request = await RequestReader.ReadOneAsync<TRequest>(context);
        var cancellationToken = context.CancellationToken;
        await foreach (var response in method(request, context).WithCancellation(cancellationToken))
        {
            await context.Channel.WriteAsync(response, cancellationToken);
        }
    }
}
