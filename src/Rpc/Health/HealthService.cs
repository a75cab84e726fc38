using Grpc.Health.V1;

namespace Wego.Rpc.Health;

/// <summary>The service <c>grpc.health.v1.Health</c> (grpc/doc/health-checking.md).</summary>
internal sealed class HealthService(RpcHealth health)
{
    public Task<HealthCheckResponse> Check(HealthCheckRequest request, RpcContext context) =>
        health.Find(request.Service) is { } status
            ? Task.FromResult(new HealthCheckResponse { Status = status })
            : throw new RpcException(RpcStatusCode.NotFound, $"This server has no service '{request.Service}'.");

    public async IAsyncEnumerable<HealthCheckResponse> Watch(HealthCheckRequest request, RpcContext context)
    {
        await foreach (var status in health.WatchAsync(request.Service, context.CancellationToken))
        {
            yield return new HealthCheckResponse { Status = status };
        }
    }
}
