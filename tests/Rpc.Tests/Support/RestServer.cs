using Microsoft.AspNetCore.Builder;
using Wego.Rpc.Tests.Protos;

namespace Wego.Rpc.Tests.Support;

/// <summary>An <see cref="EchoServer"/> that also serves <see cref="ThingServiceImplementation"/> and REST.</summary>
internal static class RestServer
{
    public static Task<EchoServer> StartAsync(Action<RpcOptions>? configure = null, ThingServiceImplementation? things = null) => EchoServer.StartAsync(configure, app: app =>
    {
        app.MapRpcService(ThingsReflection.Descriptor.Services[0], things ?? new ThingServiceImplementation());
        app.UseRpcRest();
    });
}
