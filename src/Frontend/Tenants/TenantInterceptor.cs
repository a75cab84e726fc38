using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Rpc;
using Wego.Tenants;

namespace Wego.Frontend;

/// <summary>
/// Lets each call in when its tenant may have one more: the namespace that the request names, or the caller where it names none. A
/// request must have been read for that, which costs little; nothing else has been done by then.
/// </summary>
internal sealed class TenantInterceptor(TenantLimits limits, ICallerKeys keys, IKubernetesClients clusters) : IRpcInterceptor
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    // They cost nothing, and who cannot ask after the health of a busy server takes it for dead.
    private static readonly FrozenSet<string> s_free = FrozenSet.Create(
        StringComparer.Ordinal,
        "kubeappsapis.core.plugins.v1alpha1.PluginsService",
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection");

    public Task InterceptAsync(RpcContext context, RpcHandler next) => s_free.Contains(context.Method.Service.FullName) ? next(context) : LimitAsync(context, next);

    private async Task LimitAsync(RpcContext context, RpcHandler next)
    {
        IDisposable? lease = null;
        context.OnRequest(async request => lease = await EnterAsync(request, context));
        try
        {
            await next(context);
        }
        finally
        {
            lease?.Dispose();
        }
    }

    private async ValueTask<IDisposable> EnterAsync(IMessage request, RpcContext context)
    {
        var target = RequestTarget.Read(request);
        var cluster = target.Cluster.Length > 0 ? target.Cluster : clusters.DefaultClusterName;
        var caller = keys.KeyOf(context.Caller().Identity);
        var tenant = target.Namespace.Length > 0 ? new Tenant(cluster, target.Namespace) : new Tenant(cluster, "", caller);
        var limit = context.Method.IsServerStreaming ? TenantLimit.Streams : MutatingMethods.Contains(context.Method) ? TenantLimit.Operations : TenantLimit.Requests;
        try
        {
            return await limits.EnterAsync(tenant, limit, caller, context.CancellationToken);
        }
        catch (TenantLimitException e)
        {
            var quota = new QuotaFailure { Violations = { new QuotaFailure.Types.Violation { Subject = e.Subject, Description = e.Setting } } };
            throw new RpcException(RpcStatusCode.ResourceExhausted, e.Message, [Any.Pack(quota), RetryDelay.ToDetail(s_retry)], e);
        }
    }
}
