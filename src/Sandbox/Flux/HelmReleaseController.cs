using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Flux;

/// <summary>
/// Stands in for Flux's helm-controller: renders the chart of a HelmRelease, applies its objects, waits until its
/// workloads run, records the release as Helm does, and says all this in the status.
/// </summary>
internal sealed class HelmReleaseController(IKubernetesClient client, ChartFetcher fetcher, ReleaseInstaller installer, TimeSpan poll, TimeProvider time)
{
    private const string Manager = "helm-controller";
    private const string Finalizer = "finalizers.fluxcd.io";

    public async Task ReconcileAsync(string ns, string name, CancellationToken cancellationToken)
    {
        if (await client.TryGetAsync(FluxResources.HelmReleases, ns, name, cancellationToken) is not { } release)
        {
            return;
        }

        if (release.IsDeleting)
        {
            await installer.UninstallAsync(release, Target(release), ReleaseName(release), cancellationToken);
            await SetFinalizersAsync(release, [], cancellationToken);
            return;
        }

        if (release.Find("spec", "suspend").ValueKind == JsonValueKind.True)
        {
            return;
        }

        if (!HasFinalizer(release))
        {
            await SetFinalizersAsync(release, [Finalizer], cancellationToken);
            return;
        }

        try
        {
            await InstallAsync(release, cancellationToken);
        }
        catch (Exception e) when (e is ChartException or HttpRequestException or KubernetesException { Failure: KubernetesFailure.Forbidden or KubernetesFailure.Invalid or KubernetesFailure.NotFound })
        {
            await FailAsync(release, e, cancellationToken);
        }
    }

    private static string Target(KubernetesObject release) => release.Text("spec", "targetNamespace") is { Length: > 0 } target ? target : release.Namespace;

    private static string ReleaseName(KubernetesObject release) => release switch
    {
        _ when release.Text("spec", "releaseName") is { Length: > 0 } name => name,
        _ when release.Text("spec", "targetNamespace") is { Length: > 0 } target => $"{target}-{release.Name}",
        _ => release.Name,
    };

    private static bool HasFinalizer(KubernetesObject release) =>
        release.Find("metadata", "finalizers") is { ValueKind: JsonValueKind.Array } finalizers && finalizers.EnumerateArray().Any(f => f.GetString() == Finalizer);

    private static long Revision(KubernetesObject release) => Latest(release) is { } latest ? latest.GetProperty("version").GetInt64() : 0;

    private static JsonElement? Latest(KubernetesObject release) =>
        release.Find("status", "history") is { ValueKind: JsonValueKind.Array } history && history.GetArrayLength() > 0 ? history[0] : null;

    private async Task InstallAsync(KubernetesObject release, CancellationToken cancellationToken)
    {
        var chart = await ChartAsync(release, cancellationToken);
        if (chart is null)
        {
            return;
        }

        var values = release.Spec.TryGetProperty("values", out var given) && given.ValueKind == JsonValueKind.Object ? JsonObject.Create(given)!.Copy() : [];
        var rendered = Release.Render(chart, ReleaseName(release), Target(release), values);
        var current = Latest(release) is { } latest && latest.GetProperty("digest").GetString() == rendered.Digest;
        if (current && FluxConditions.IsReady(release))
        {
            return;
        }

        var revision = Revision(release) + (current ? 0 : 1);
        var action = revision == 1 ? "install" : "upgrade";
        var title = $"{Target(release)}/{ReleaseName(release)}.v{revision} with chart {chart.Name}@{chart.Version}";
        if (!current)
        {
            await SetAsync(release, "Unknown", "Progressing", $"Running '{action}' action with timeout of 5m0s", new JsonObject { ["lastAttemptedRevision"] = chart.Version }, cancellationToken);
        }

        var inventory = await installer.InstallAsync(release, rendered, Target(release), ReleaseName(release), revision, cancellationToken);
        await installer.WaitAsync(inventory, poll, cancellationToken);
        await SetAsync(release, "True", revision == 1 ? "InstallSucceeded" : "UpgradeSucceeded", $"Helm {action} succeeded for release {title}", new JsonObject
        {
            ["lastAttemptedRevision"] = chart.Version,
            ["lastAttemptedReleaseAction"] = action,
            ["storageNamespace"] = release.Namespace,
            ["helmChart"] = $"{release.Namespace}/{release.Namespace}-{release.Name}",
            ["history"] = new JsonArray(History(release, rendered, revision)),
            ["inventory"] = new JsonObject { ["entries"] = new JsonArray([.. inventory.Select(i => (JsonNode)new JsonObject { ["id"] = i.Id, ["v"] = i.Resource.Version })]) },
        }, cancellationToken);
    }

    private JsonObject History(KubernetesObject release, Release rendered, long revision) => new()
    {
        ["name"] = ReleaseName(release),
        ["namespace"] = Target(release),
        ["version"] = revision,
        ["chartName"] = rendered.Chart.Name,
        ["chartVersion"] = rendered.Chart.Version,
        ["appVersion"] = rendered.Chart.AppVersion,
        ["configDigest"] = rendered.Digest,
        ["digest"] = rendered.Digest,
        ["firstDeployed"] = KubernetesTime.Format(time.GetUtcNow()),
        ["lastDeployed"] = KubernetesTime.Format(time.GetUtcNow()),
        ["deleted"] = null,
        ["status"] = "deployed",
    };

    private async Task<Chart?> ChartAsync(KubernetesObject release, CancellationToken cancellationToken)
    {
        var source = release.Text("spec", "chart", "spec", "sourceRef", "name");
        var ns = release.Text("spec", "chart", "spec", "sourceRef", "namespace") is { Length: > 0 } given ? given : release.Namespace;
        var repository = await client.TryGetAsync(FluxResources.HelmRepositories, ns, source, cancellationToken);
        if (repository is null || !FluxConditions.IsReady(repository))
        {
            await SetAsync(release, "False", "SourceNotReady", $"HelmChart '{release.Namespace}/{release.Namespace}-{release.Name}' is not ready: latest generation of object has not been reconciled", [], cancellationToken);
            await Task.Delay(poll, time, cancellationToken);
            throw new InvalidOperationException($"HelmRepository {ns}/{source} is not ready.");
        }

        return await fetcher.GetChartAsync(
            repository, release.Text("spec", "chart", "spec", "chart"), release.Text("spec", "chart", "spec", "version"), cancellationToken);
    }

    private Task FailAsync(KubernetesObject release, Exception failure, CancellationToken cancellationToken)
    {
        var reason = Revision(release) == 0 ? "InstallFailed" : "UpgradeFailed";
        var action = Revision(release) == 0 ? "install" : "upgrade";
        return SetAsync(release, "False", reason, $"Helm {action} failed for release {Target(release)}/{ReleaseName(release)}: {failure.Message}", [], cancellationToken);
    }

    private async Task SetAsync(KubernetesObject release, string status, string reason, string message, JsonObject patch, CancellationToken cancellationToken)
    {
        if (FluxConditions.IsObserved(release) && release.Find("status", "conditions") is { ValueKind: JsonValueKind.Array } conditions
            && conditions.EnumerateArray().Any(c => c.GetProperty("status").GetString() == status && c.GetProperty("message").GetString() == message))
        {
            // Saying it again would only wake everybody who watches.
            return;
        }

        patch["observedGeneration"] = release.Generation;
        patch["conditions"] = FluxConditions.Create(status, reason, message, release.Generation, time);
        await client.PatchStatusAsync(FluxResources.HelmReleases, release, Manager, patch, cancellationToken);
    }

    private Task<KubernetesObject> SetFinalizersAsync(KubernetesObject release, string[] finalizers, CancellationToken cancellationToken) => client.PatchAsync(
        KubernetesIdentity.Service,
        FluxResources.HelmReleases,
        release.Namespace,
        release.Name,
        PatchType.Merge,
        new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = finalizers.ToJsonArray() } },
        new PatchOptions(FieldManager: Manager),
        cancellationToken);
}
