using Google.Protobuf;
using Grpc.Reflection.V1Alpha;
using V1 = Grpc.Reflection.V1;

namespace Wego.Rpc.Reflection;

/// <summary>The service <c>grpc.reflection.v1alpha.ServerReflection</c>, whose messages are those of v1 in another package.</summary>
internal sealed class ReflectionAlphaService(ReflectionAnswers answers)
{
    public async IAsyncEnumerable<ServerReflectionResponse> ServerReflectionInfo(IAsyncEnumerable<ServerReflectionRequest> requests, RpcContext context)
    {
        await foreach (var request in requests.WithCancellation(context.CancellationToken))
        {
            var answer = answers.Answer(V1.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()));
            yield return ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString());
        }
    }
}
