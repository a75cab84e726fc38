using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Services;

internal sealed class ClientStreamingEndpoint<TRequest, TResponse>(
    MethodDescriptor descriptor, Func<IAsyncEnumerable<TRequest>, RpcContext, Task<TResponse>> method)
    : RpcEndpoint(descriptor)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    internal override async Task InvokeAsync(RpcContext context)
    {
        var requests = RequestReader.ReadAllAsync<TRequest>(context, context.CancellationToken);
        var response = await method(requests, context);
        await context.Channel.WriteAsync(response, context.CancellationToken);
    }
}
