using Wego.Rpc;

namespace Wego.Perf.Rpc;

/// <summary>Answers with its request, parsed and encoded again.</summary>
internal sealed class EchoService
{
    public Task<EchoMessage> Echo(EchoMessage request, RpcContext context) => Task.FromResult(request);
}
