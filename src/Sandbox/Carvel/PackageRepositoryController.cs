using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Carvel;

/// <summary>Stands in for kapp-controller's part that turns the content of a PackageRepository into Packages and PackageMetadatas.</summary>
internal sealed class PackageRepositoryController(IKubernetesClient client, ContentFetcher fetcher, TimeProvider time)
{
    private const string Finalizer = "finalizers.packagerepository.packaging.carvel.dev/delete";

    public async Task ReconcileAsync(string ns, string name, CancellationToken cancellationToken)
    {
        if (await client.TryGetAsync(CarvelResources.PackageRepositories, ns, name, cancellationToken) is not { } repository)
        {
            return;
        }

        if (repository.IsDeleting)
        {
            await RemoveOthersAsync(repository, [], cancellationToken);
            await client.RemoveFinalizerAsync(CarvelResources.PackageRepositories, repository, Finalizer, cancellationToken);
            return;
        }

        if (repository.Find("spec", "paused").ValueKind == JsonValueKind.True)
        {
            await client.SetAsync(CarvelResources.PackageRepositories, repository, new JsonObject { ["observedGeneration"] = repository.Generation, ["friendlyDescription"] = "Paused" }, cancellationToken);
            return;
        }

        if (await client.AddFinalizerAsync(CarvelResources.PackageRepositories, repository, Finalizer, cancellationToken)
            || (CarvelStatus.Of(repository) == CarvelStatus.Succeeded && CarvelStatus.IsObserved(repository)))
        {
            return;
        }

        if (!CarvelStatus.IsObserved(repository) || CarvelStatus.Of(repository) is null)
        {
            await client.SetAsync(CarvelResources.PackageRepositories, repository, CarvelStatus.Create(CarvelStatus.Reconciling, repository), cancellationToken);
        }

        await ReadAsync(repository, cancellationToken);
    }

    private async Task ReadAsync(KubernetesObject repository, CancellationToken cancellationToken)
    {
        var started = KubernetesTime.Format(time.GetUtcNow());
        try
        {
            var files = await fetcher.FetchAsync(repository.Namespace, repository.Find("spec", "fetch"), cancellationToken);
            var packages = Parse(files);
            foreach (var package in packages)
            {
                await ApplyAsync(repository, package, cancellationToken);
            }

            await RemoveOthersAsync(repository, packages, cancellationToken);
            var status = CarvelStatus.Create(CarvelStatus.Succeeded, repository);
            var finished = KubernetesTime.Format(time.GetUtcNow());
            status["consecutiveReconcileSuccesses"] = 1;
            status["consecutiveReconcileFailures"] = null;
            status["fetch"] = new JsonObject { ["exitCode"] = 0, ["error"] = null, ["stderr"] = null, ["startedAt"] = started, ["updatedAt"] = finished };
            status["template"] = new JsonObject { ["exitCode"] = 0, ["updatedAt"] = finished };
            status["deploy"] = new JsonObject { ["exitCode"] = 0, ["finished"] = true, ["startedAt"] = started, ["updatedAt"] = finished, ["stdout"] = $"Succeeded: {packages.Count} resources" };
            await client.PatchStatusAsync(CarvelResources.PackageRepositories, repository, CarvelResources.Manager, status, cancellationToken);
        }
        catch (CarvelException e)
        {
            var status = CarvelStatus.Create(CarvelStatus.Failed, repository, e);
            status["consecutiveReconcileFailures"] = 1;
            status["consecutiveReconcileSuccesses"] = null;
            if (e.IsOutput)
            {
                status["fetch"] = new JsonObject { ["exitCode"] = 1, ["error"] = "Fetching resources: " + status["conditions"]![0]!["message"], ["stderr"] = e.Message };
            }

            var current = await client.TryGetAsync(CarvelResources.PackageRepositories, repository.Namespace, repository.Name, cancellationToken) ?? repository;
            await client.SetAsync(CarvelResources.PackageRepositories, current, status, cancellationToken);

            // Tried again: what is fetched may come back.
            throw;
        }
    }

    private static List<JsonObject> Parse(SortedDictionary<string, string> files)
    {
        var found = files.Where(f => f.Key.StartsWith("packages/", StringComparison.Ordinal)).ToArray();
        if (found.Length == 0)
        {
            throw new CarvelException("Invalid package repository content: must contain 'packages/' directory but did not");
        }

        var packages = new List<JsonObject>();
        foreach (var (path, text) in found.Where(f => f.Key.EndsWith(".yml", StringComparison.Ordinal) || f.Key.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            try
            {
                // Kinds that kapp-controller does not know here are passed over.
                packages.AddRange(YamlDocuments.Parse(text).Where(o => o.Text("apiVersion") == CarvelResources.Packages.ApiVersion && o.Text("kind") is "Package" or "PackageMetadata"));
            }
            catch (FormatException e)
            {
                throw new CarvelException($"ytt: Error: Unmarshaling YAML template '{path}': {e.Message}", isOutput: true);
            }
        }

        return packages;
    }

    private static GroupVersionResource ResourceOf(JsonObject package) => package.Text("kind") == "Package" ? CarvelResources.Packages : CarvelResources.PackageMetadatas;

    private static string Reference(KubernetesObject repository) => $"{repository.Namespace}/{repository.Name}";

    private async Task ApplyAsync(KubernetesObject repository, JsonObject package, CancellationToken cancellationToken)
    {
        var (resource, name) = (ResourceOf(package), package.Metadata().Text("name") ?? "");
        if (await client.TryGetAsync(resource, repository.Namespace, name, cancellationToken) is { } present
            && present.Annotation(CarvelResources.RepositoryAnnotation) is { } owner && owner != Reference(repository))
        {
            if (JsonNode.DeepEquals(present.ToJsonObject()["spec"], package["spec"]))
            {
                // Two repositories may offer the same package; the first keeps it.
                return;
            }

            throw new CarvelException($"kapp: Error: Conflicting resources: {package.Text("kind")}/{name} is already present but not identical (mismatch in spec)", isOutput: true);
        }

        package.Metadata().Ensure("annotations")[CarvelResources.RepositoryAnnotation] = Reference(repository);
        package.Metadata()["namespace"] = repository.Namespace;
        try
        {
            await client.PatchAsync(
                KubernetesIdentity.Service, resource, repository.Namespace, name, PatchType.Apply, package, new PatchOptions(CarvelResources.Manager, Force: true), cancellationToken);
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.Invalid or KubernetesFailure.Forbidden)
        {
            throw new CarvelException($"kapp: Error: {e.Message}", isOutput: true);
        }
    }

    private async Task RemoveOthersAsync(KubernetesObject repository, List<JsonObject> kept, CancellationToken cancellationToken)
    {
        foreach (var resource in new[] { CarvelResources.Packages, CarvelResources.PackageMetadatas })
        {
            var names = kept.Where(k => ResourceOf(k) == resource).Select(k => k.Metadata().Text("name")).ToHashSet(StringComparer.Ordinal);
            var present = await client.ListAsync(KubernetesIdentity.Service, resource, repository.Namespace, new ListOptions(), cancellationToken);
            foreach (var gone in present.Items.Where(p => p.Annotation(CarvelResources.RepositoryAnnotation) == Reference(repository) && !names.Contains(p.Name)))
            {
                await client.TryDeleteAsync(resource, gone.Namespace, gone.Name, cancellationToken);
            }
        }
    }
}
