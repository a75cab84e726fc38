using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Frontend;

/// <summary>
/// What callers are called. The API server tells everybody who they are (<c>SelfSubjectReview</c>, Kubernetes 1.28), so that no right
/// to review tokens is needed; where it does not, a caller is the keyed hash of the token, which differs from process to process.
/// </summary>
internal sealed class CallerNames(IKubernetesClients clusters, ICallerKeys keys, TimeProvider time)
{
    /// <summary>The word for those who sent no token.</summary>
    public const string Anonymous = "anonymous";

    private const int Capacity = 5_000;
    private static readonly GroupVersionResource s_reviews = new("authentication.k8s.io", "v1", "selfsubjectreviews");
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<(string Cluster, string Key), (string Name, DateTimeOffset Expires)> _known = new();

    /// <summary>The name of a caller on a cluster; never fails, and takes two seconds at most.</summary>
    public async Task<string> FindAsync(KubernetesIdentity identity, string cluster)
    {
        var key = (cluster, keys.KeyOf(identity));
        if (_known.TryGetValue(key, out var known) && known.Expires > time.GetUtcNow())
        {
            return known.Name;
        }

        var name = await AskAsync(identity, cluster) ?? $"caller:{key.Item2}";
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        _known[key] = (name, time.GetUtcNow() + s_lifetime);
        return name;
    }

    private async Task<string?> AskAsync(KubernetesIdentity identity, string cluster)
    {
        try
        {
            var manifest = new JsonObject { ["apiVersion"] = "authentication.k8s.io/v1", ["kind"] = "SelfSubjectReview" };
            var (completed, review) = await Bounded.RunAsync(
                time, s_patience, token => clusters.Get(cluster).CreateAsync(identity, s_reviews, ns: null, manifest, new WriteOptions(), token), CancellationToken.None);
            return completed && review!.Text("status", "userInfo", "username") is { Length: > 0 } name ? name : null;
        }
        catch (Exception e) when (e is KubernetesException or UnknownClusterException or ClusterConfigurationException)
        {
            return null;
        }
    }
}
