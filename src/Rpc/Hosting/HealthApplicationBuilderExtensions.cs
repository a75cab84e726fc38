using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Wego.Rpc;
using Wego.Rpc.Health;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts health checks into an application.</summary>
public static class HealthApplicationBuilderExtensions
{
    /// <summary>Serves <c>grpc.health.v1.Health</c>, which answers with what <see cref="RpcHealth"/> holds.</summary>
    /// <exception cref="InvalidOperationException">It is served already.</exception>
    public static IApplicationBuilder MapRpcHealth(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.MapRpcService(
            HealthReflection.Descriptor.Services[0], new HealthService(app.ApplicationServices.GetRequiredService<RpcHealth>()));
    }
}
