using System.Text.Json.Nodes;

namespace Wego.Kubernetes;

/// <summary>
/// The HTTP API of one cluster. One connection pool and one limiter per cluster; the identity is chosen per call.
/// Every method throws <see cref="KubernetesException"/> with the API server's status, or with
/// <see cref="KubernetesFailure.Unreachable"/> or <see cref="KubernetesFailure.Timeout"/> where there was no answer.
/// </summary>
public interface IKubernetesClient
{
    /// <summary>The cluster's name in Wego, for messages and metrics.</summary>
    string ClusterName { get; }

    /// <summary>Which kinds the cluster serves.</summary>
    IApiDiscovery Discovery { get; }

    /// <summary>Reads one object. <paramref name="ns"/> is null or empty for cluster-scoped resources.</summary>
    Task<KubernetesObject> GetAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, CancellationToken cancellationToken);

    /// <summary>Reads one page of a list. <paramref name="ns"/> null or empty: all namespaces.</summary>
    Task<KubernetesList> ListAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, ListOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Reads one page of a list in parts, each as soon as it is here where the encoding allows it. The request timeout holds for what is
    /// waited for between two parts.
    /// </summary>
    /// <param name="identity">As whom.</param>
    /// <param name="resource">What.</param>
    /// <param name="ns">Where; null or empty: all namespaces.</param>
    /// <param name="options">Which page.</param>
    /// <param name="take">Is given each part, as a list of the page's version and continue token, and awaited before the next one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page without items.</returns>
    async Task<KubernetesList> ListInPartsAsync(
        KubernetesIdentity identity,
        GroupVersionResource resource,
        string? ns,
        ListOptions options,
        Func<KubernetesList, CancellationToken, Task> take,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(take);
        var page = await ListAsync(identity, resource, ns, options, cancellationToken);
        await take(page, cancellationToken);
        return page with { Items = [] };
    }

    /// <summary>
    /// Watches from <see cref="WatchOptions.ResourceVersion"/>. Ends when the API server ends the response;
    /// throws with <see cref="KubernetesFailure.Expired"/> on 410. Bookmarks are delivered as events.
    /// </summary>
    IAsyncEnumerable<WatchEvent> WatchAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, WatchOptions options, CancellationToken cancellationToken);

    /// <summary>Creates an object.</summary>
    Task<KubernetesObject> CreateAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, JsonObject manifest, WriteOptions options, CancellationToken cancellationToken);

    /// <summary>Replaces an object; a <c>metadata.resourceVersion</c> in it makes the write conditional.</summary>
    Task<KubernetesObject> ReplaceAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, JsonObject manifest, WriteOptions options, CancellationToken cancellationToken);

    /// <summary>Patches an object, or its subresource (<see cref="PatchOptions.Subresource"/>).</summary>
    Task<KubernetesObject> PatchAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, PatchType type, JsonNode patch, PatchOptions options, CancellationToken cancellationToken);

    /// <summary>Deletes an object.</summary>
    Task DeleteAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, DeleteOptions options, CancellationToken cancellationToken);

    /// <summary>Asks whether the identity may do something (<c>SelfSubjectAccessReview</c>).</summary>
    Task<AccessDecision> ReviewAccessAsync(KubernetesIdentity identity, ResourceAttributes attributes, CancellationToken cancellationToken);

    /// <summary>Asks, with the service's rights, whose a token is (<c>TokenReview</c>).</summary>
    Task<TokenReviewResult> ReviewTokenAsync(string token, CancellationToken cancellationToken);

    /// <summary>Reads a document outside the resource API, for example <c>/version</c> or an icon of the package server.</summary>
    Task<RawResponse> GetRawAsync(KubernetesIdentity identity, string path, CancellationToken cancellationToken);

    /// <summary>What another program needs to call this cluster as a caller: address, trust and the caller's token.</summary>
    /// <param name="identity">The caller, by bearer token.</param>
    /// <param name="ns">The namespace that the program works in.</param>
    /// <exception cref="ArgumentException">The identity is not that of a caller: the service's own rights are never handed on.</exception>
    /// <exception cref="NotSupportedException">The cluster cannot be reached by other programs.</exception>
    CallerKubeconfig CreateKubeconfig(KubernetesIdentity identity, string ns) => throw new NotSupportedException($"Cluster '{ClusterName}' cannot be reached by other programs.");

    /// <summary>
    /// Passes a request on, and gives the answer, whatever its status, as soon as it begins; the caller disposes of it. Nothing is tried again.
    /// </summary>
    Task<HttpResponseMessage> RelayAsync(KubernetesIdentity identity, RelayRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This client relays nothing.");
}
