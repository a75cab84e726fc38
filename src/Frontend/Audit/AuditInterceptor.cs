using Google.Protobuf.Reflection;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Rpc;

namespace Wego.Frontend;

/// <summary>
/// Records who changed what, where, and how it ended: every call of an RPC that changes something, refused ones included. It is the
/// outermost interceptor, so that what it records is what the caller was told.
/// </summary>
internal sealed class AuditInterceptor(AuditLog log, AuditEvents events, CallerNames names, IKubernetesClients clusters, IOptions<AuditOptions> options, TimeProvider time) : IRpcInterceptor
{
    private const string PluginPackages = "kubeappsapis.plugins.";

    public Task InterceptAsync(RpcContext context, RpcHandler next) => MutatingMethods.Contains(context.Method) ? RecordAsync(context, next) : next(context);

    private async Task RecordAsync(RpcContext context, RpcHandler next)
    {
        var started = time.GetTimestamp();
        // What nobody expected reaches the caller as INTERNAL.
        var outcome = RpcStatusCode.Internal;
        try
        {
            await next(context);
            outcome = RpcStatusCode.OK;
        }
        catch (RpcException e)
        {
            outcome = e.Code;
            throw;
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            outcome = RpcStatusCode.Cancelled;
            throw;
        }
        finally
        {
            await WriteAsync(context, outcome, time.GetElapsedTime(started));
        }
    }

    private async Task WriteAsync(RpcContext context, RpcStatusCode outcome, TimeSpan elapsed)
    {
        var target = RequestTarget.Read(context.Request);
        target = target with
        {
            Cluster = target.Cluster.Length > 0 ? target.Cluster : clusters.DefaultClusterName,
            Plugin = target.Plugin.Length > 0 ? target.Plugin : PluginOf(context.Method.Service),
        };
        var identity = context.BearerToken is { } token ? KubernetesIdentity.Bearer(token) : null;
        var user = identity is null ? CallerNames.Anonymous : await names.FindAsync(identity, target.Cluster);
        var record = new AuditRecord(user, context.Method, target, outcome, identity);
        log.Write(record, elapsed);
        if (options.Value.Events && outcome == RpcStatusCode.OK)
        {
            events.Add(record);
        }
    }

    // A plugin's own services are in a package of its name and version, and their requests need not name it.
    private static string PluginOf(ServiceDescriptor service)
    {
        var package = service.File.Package;
        return package.StartsWith(PluginPackages, StringComparison.Ordinal) ? package[PluginPackages.Length..package.LastIndexOf('.')] : "";
    }
}
