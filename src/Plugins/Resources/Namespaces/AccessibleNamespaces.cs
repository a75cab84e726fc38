using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;

namespace Wego.Plugins.Resources;

/// <summary>
/// The active namespaces a caller may use: all of them where the caller may list namespaces, else those in which the caller may
/// get secrets, which whoever installs packages has to.
/// </summary>
internal sealed class AccessibleNamespaces(IAccessReviewer reviewer, IOptions<ResourcesOptions> options)
{
    private static readonly GroupVersionResource s_namespaces = new("", "v1", "namespaces");

    /// <returns>The names, sorted.</returns>
    public async Task<ImmutableArray<string>> ListAsync(IKubernetesClient client, KubernetesIdentity caller, CancellationToken cancellationToken)
    {
        try
        {
            return Names(await ActiveAsync(client, caller, cancellationToken));
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.Forbidden)
        {
            return await FilterAsync(client, caller, Names(await ActiveAsync(client, KubernetesIdentity.Service, cancellationToken)), cancellationToken);
        }
    }

    private async Task<ImmutableArray<string>> FilterAsync(
        IKubernetesClient client, KubernetesIdentity caller, ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        var allowed = new bool[names.Length];
        var failures = new ConcurrentBag<KubernetesException>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxParallelReviews, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, names.Length, parallel, async (i, token) =>
        {
            try
            {
                var attributes = new ResourceAttributes("get", "", "secrets", names[i]);
                allowed[i] = (await reviewer.ReviewAsync(client, caller, attributes, token)).Allowed;
            }
            catch (KubernetesException e) when (e.Failure != KubernetesFailure.Unauthorized)
            {
                failures.Add(e);
            }
        });

        // One review that fails hides one namespace; where all do, an empty list would be a lie.
        return failures.Count == names.Length && failures.TryPeek(out var failure)
            ? throw KubernetesErrors.Translate(failure, "find out which namespaces you may use")
            : [.. names.Where((_, i) => allowed[i])];
    }

    private static Task<List<KubernetesObject>> ActiveAsync(IKubernetesClient client, KubernetesIdentity identity, CancellationToken cancellationToken) =>
        client.ListAllAsync(identity, s_namespaces, null, metadataOnly: false, cancellationToken);

    private static ImmutableArray<string> Names(List<KubernetesObject> namespaces) =>
        [.. namespaces.Where(n => n.Text("status", "phase") == "Active").Select(n => n.Name).Order(StringComparer.Ordinal)];
}
