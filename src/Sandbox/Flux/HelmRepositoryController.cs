using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;

namespace Wego.Sandbox.Flux;

/// <summary>Stands in for Flux's source-controller: fetches the index of a HelmRepository and says so in its status.</summary>
internal sealed class HelmRepositoryController(IKubernetesClient client, ChartFetcher fetcher, TimeProvider time)
{
    private const string Manager = "source-controller";

    public async Task ReconcileAsync(string ns, string name, CancellationToken cancellationToken)
    {
        if (await client.TryGetAsync(FluxResources.HelmRepositories, ns, name, cancellationToken) is not { IsDeleting: false } repository
            || FluxConditions.IsReady(repository)
            || repository.Text("spec", "type") == "oci")
        {
            // A repository of type oci is static in Flux: it has no status at all.
            return;
        }

        if (repository.Find("spec", "suspend").ValueKind == System.Text.Json.JsonValueKind.True)
        {
            return;
        }

        try
        {
            var index = await fetcher.GetIndexAsync(repository, cancellationToken);
            var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(index)))}";
            await SetAsync(repository, "True", "Succeeded", $"stored artifact: revision '{digest}'", new JsonObject
            {
                ["path"] = $"helmrepository/{ns}/{name}/index.yaml",
                ["revision"] = digest,
                ["digest"] = digest,
                ["url"] = $"http://source-controller.flux-system.svc.cluster.local./helmrepository/{ns}/{name}/index.yaml",
                ["lastUpdateTime"] = KubernetesTime.Format(time.GetUtcNow()),
            }, cancellationToken);
        }
        catch (Exception e) when (e is ChartException or HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await SetAsync(repository, "False", "Failed", $"failed to fetch Helm repository index: {e.Message}", artifact: null, cancellationToken);
            throw;
        }
    }

    private Task SetAsync(KubernetesObject repository, string status, string reason, string message, JsonObject? artifact, CancellationToken cancellationToken)
    {
        if (status == "False" && FluxConditions.Ready(repository) == status && FluxConditions.IsObserved(repository))
        {
            // Saying it again would only wake everybody who watches.
            return Task.CompletedTask;
        }

        var patch = new JsonObject
        {
            ["observedGeneration"] = repository.Generation,
            ["conditions"] = FluxConditions.Create(status, reason, message, repository.Generation, time),
        };
        if (artifact is not null)
        {
            patch["artifact"] = artifact;
        }

        return client.PatchStatusAsync(FluxResources.HelmRepositories, repository, Manager, patch, cancellationToken);
    }
}
