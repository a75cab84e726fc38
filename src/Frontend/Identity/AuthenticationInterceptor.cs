using System.Collections.Frozen;
using Wego.Plugins;
using Wego.Rpc;

namespace Wego.Frontend;

/// <summary>Turns away calls without a bearer token, except to what anybody may ask.</summary>
internal sealed class AuthenticationInterceptor : IRpcInterceptor
{
    private static readonly FrozenSet<string> Open = FrozenSet.Create(
        StringComparer.Ordinal,
        "kubeappsapis.core.plugins.v1alpha1.PluginsService",
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection");

    public Task InterceptAsync(RpcContext context, RpcHandler next)
    {
        if (!Open.Contains(context.Method.Service.FullName))
        {
            _ = context.Caller();
        }

        return next(context);
    }
}
