using Grpc.Reflection.V1;

namespace Wego.Rpc.Reflection;

/// <summary>The service <c>grpc.reflection.v1.ServerReflection</c>.</summary>
internal sealed class ReflectionService(ReflectionAnswers answers)
{
    public async IAsyncEnumerable<ServerReflectionResponse> ServerReflectionInfo(IAsyncEnumerable<ServerReflectionRequest> requests, RpcContext context)
    {
        await foreach (var request in requests.WithCancellation(context.CancellationToken))
        {
            yield return answers.Answer(request);
        }
    }
}
