using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Services;

internal sealed class UnaryEndpoint<TRequest, TResponse>(MethodDescriptor descriptor, Func<TRequest, RpcContext, Task<TResponse>> method)
    : RpcEndpoint(descriptor)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    internal override async Task InvokeAsync(RpcContext context)
    {
        var request = await RequestReader.ReadOneAsync<TRequest>(context);
        var response = await method(request, context);
        await context.Channel.WriteAsync(response, CancellationToken.None);
    }
}
