using Wego.Kubernetes;
using Wego.Rpc;

namespace Wego.Frontend;

/// <summary>Tells how old an answer from memory may be, where it is not current.</summary>
internal static class Freshness
{
    /// <summary>The response header: since when the answer could not be kept current, ISO 8601 in UTC. Absent while it is current.</summary>
    public const string Header = "wego-stale-since";

    /// <summary>Adds the header for the oldest part of an answer.</summary>
    public static void Tell(RpcContext context, IEnumerable<DateTimeOffset?> staleSince)
    {
        if (staleSince.Min() is { } oldest)
        {
            context.ResponseHeaders[Header] = KubernetesTime.Format(oldest);
        }
    }
}
