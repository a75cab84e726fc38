using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace Wego.Rpc.Services;

/// <summary>Reads the requests of a call with the number that its kind of method prescribes.</summary>
internal static class RequestReader
{
    /// <summary>Reads the only request.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<TRequest> ReadOneAsync<TRequest>(RpcContext context)
        where TRequest : class, IMessage<TRequest>
    {
        var channel = context.Channel;
        var message = await channel.ReadAsync(context.DeadlineToken)
            ?? throw new RpcException(RpcStatusCode.InvalidArgument, "The request holds no message; send exactly one.");
        if (await channel.ReadAsync(context.DeadlineToken) is not null)
        {
            throw new RpcException(RpcStatusCode.InvalidArgument, "The request holds more than one message; send exactly one.");
        }

        await context.SetRequestAsync(message);
        return (TRequest)message;
    }

    /// <summary>Reads the requests as they come.</summary>
    public static async IAsyncEnumerable<TRequest> ReadAllAsync<TRequest>(RpcContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TRequest : class, IMessage<TRequest>
    {
        while (await context.Channel.ReadAsync(cancellationToken) is { } message)
        {
            if (context.Request is null)
            {
                await context.SetRequestAsync(message);
            }

            yield return (TRequest)message;
        }
    }
}
