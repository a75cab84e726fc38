using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Carvel;

/// <summary>Stands in for kapp-controller's part that fetches, renders and deploys an App, and says all this in the status.</summary>
internal sealed class AppController(IKubernetesClient client, ContentFetcher fetcher, KappDeployer deployer, TimeProvider time)
{
    private const string Finalizer = "finalizers.kapp-ctrl.k14s.io/delete";

    /// <summary>What was last deployed, or tried, of each App: without it nothing would tell that a values Secret has changed.</summary>
    private readonly ConcurrentDictionary<(string Namespace, string Name), string> _attempted = new();

    public async Task ReconcileAsync(string ns, string name, CancellationToken cancellationToken)
    {
        if (await client.TryGetAsync(CarvelResources.Apps, ns, name, cancellationToken) is not { } app)
        {
            _attempted.TryRemove((ns, name), out _);
            return;
        }

        if (app.IsDeleting)
        {
            await DeleteAsync(app, cancellationToken);
            return;
        }

        if (Flag(app, "paused") || Flag(app, "canceled"))
        {
            await client.SetAsync(CarvelResources.Apps, app, new JsonObject { ["observedGeneration"] = app.Generation, ["friendlyDescription"] = "Canceled/paused" }, cancellationToken);
            return;
        }

        if (await client.AddFinalizerAsync(CarvelResources.Apps, app, Finalizer, cancellationToken))
        {
            return;
        }

        try
        {
            await DeployAsync(app, cancellationToken);
        }
        catch (CarvelException e)
        {
            await FailAsync(app, CarvelStatus.Failed, e, cancellationToken);

            // Tried again, as the service account or the owner of an object may change without the App.
            throw;
        }
    }

    /// <summary>Whether a change of the Secret or ConfigMap changes what the App deploys.</summary>
    public static bool Uses(KubernetesObject app, string name) => app.Spec.ValueKind == JsonValueKind.Object && Mentions(app.Spec, name);

    private static bool Mentions(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(p =>
            p.Name is "secretRef" or "configMapRef" ? p.Value.TryGetProperty("name", out var given) && given.ValueEquals(name) : Mentions(p.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().Any(i => Mentions(i, name)),
        _ => false,
    };

    private static bool Flag(KubernetesObject app, string name) => app.Find("spec", name).ValueKind == JsonValueKind.True;

    private async Task DeployAsync(KubernetesObject app, CancellationToken cancellationToken)
    {
        var started = KubernetesTime.Format(time.GetUtcNow());
        var content = await AppContent.ReadAsync(client, fetcher, app, cancellationToken);
        var attempt = $"{app.Uid} {app.Generation} {content.Digest}";
        var again = _attempted.TryGetValue((app.Namespace, app.Name), out var last) && last == attempt;
        if (again && CarvelStatus.Of(app) == CarvelStatus.Succeeded)
        {
            return;
        }

        await RequireServiceAccountAsync(app, cancellationToken);
        _attempted[(app.Namespace, app.Name)] = attempt;
        if (!again || !CarvelStatus.IsObserved(app))
        {
            var reconciling = CarvelStatus.Create(CarvelStatus.Reconciling, app);
            reconciling["managedAppName"] = KappRecord.NameOf(app);
            reconciling["fetch"] = new JsonObject { ["exitCode"] = 0, ["startedAt"] = started, ["updatedAt"] = started, ["stdout"] = "apiVersion: vendir.k14s.io/v1alpha1\nkind: LockConfig" };
            reconciling["template"] = new JsonObject { ["exitCode"] = 0, ["updatedAt"] = started, ["error"] = null, ["stderr"] = null };
            await client.SetAsync(CarvelResources.Apps, app, reconciling, cancellationToken);
        }

        var record = await deployer.DeployAsync(app, content, cancellationToken);
        await SucceedAsync(app, content, record, started, cancellationToken);
    }

    private async Task SucceedAsync(KubernetesObject app, AppContent content, KappRecord record, string started, CancellationToken cancellationToken)
    {
        var status = CarvelStatus.Create(CarvelStatus.Succeeded, app);
        status["consecutiveReconcileSuccesses"] = 1;
        status["consecutiveReconcileFailures"] = null;
        status["deploy"] = new JsonObject
        {
            ["exitCode"] = 0,
            ["finished"] = true,
            ["startedAt"] = started,
            ["updatedAt"] = KubernetesTime.Format(time.GetUtcNow()),
            ["error"] = null,
            ["stderr"] = null,
            ["stdout"] = $"Target cluster\n\nChanges\n\n{string.Join('\n', content.Objects.Select(o => $"{o.Object("metadata").Text("namespace") ?? "(cluster)"}  {o.Object("metadata").Text("name")}  {o.Text("kind")}"))}\n\nSucceeded",
            ["kapp"] = new JsonObject
            {
                ["associatedResources"] = new JsonObject
                {
                    ["label"] = $"{KappRecord.LabelKey}={record.Label}",
                    ["namespaces"] = record.Namespaces.ToJsonArray(),
                    // Without the core group: the validation of some API servers takes its empty name for a missing one.
                    ["groupKinds"] = new JsonArray([.. record.Kinds.Where(k => k.Group.Length > 0).Select(k => (k.Group, k.Kind)).Distinct().Select(k => (JsonNode)new JsonObject { ["group"] = k.Group, ["kind"] = k.Kind })]),
                },
            },
        };
        await client.PatchStatusAsync(CarvelResources.Apps, app, CarvelResources.Manager, status, cancellationToken);
    }

    private async Task DeleteAsync(KubernetesObject app, CancellationToken cancellationToken)
    {
        if (!Flag(app, "noopDelete"))
        {
            try
            {
                await RequireServiceAccountAsync(app, cancellationToken);
                await deployer.DeleteAsync(app, cancellationToken);
            }
            catch (CarvelException e)
            {
                await FailAsync(app, CarvelStatus.DeleteFailed, e, cancellationToken);
                throw;
            }
        }

        await client.RemoveFinalizerAsync(CarvelResources.Apps, app, Finalizer, cancellationToken);
    }

    private async Task RequireServiceAccountAsync(KubernetesObject app, CancellationToken cancellationToken)
    {
        var name = app.Text("spec", "serviceAccountName");
        if (name.Length == 0 && app.Find("spec", "cluster").ValueKind != JsonValueKind.Object)
        {
            throw new CarvelException("Preparing kapp: Expected service account or cluster specified");
        }

        if (name.Length > 0 && await client.TryGetAsync(CarvelResources.ServiceAccounts, app.Namespace, name, cancellationToken) is null)
        {
            throw new CarvelException($"Preparing kapp: Getting service account: serviceaccounts \"{name}\" not found", isOutput: true);
        }
    }

    private async Task FailAsync(KubernetesObject app, string state, CarvelException failure, CancellationToken cancellationToken)
    {
        var status = CarvelStatus.Create(state, app, failure);
        // The page that shows an App reads what the step printed.
        var step = failure.Message.StartsWith("vendir", StringComparison.Ordinal) ? "fetch" : failure.Message.StartsWith("ytt", StringComparison.Ordinal) ? "template" : "deploy";
        status[step] = new JsonObject
        {
            ["exitCode"] = 1,
            ["error"] = status["conditions"]![0]!["message"]!.DeepClone(),
            ["stderr"] = failure.Message,
            ["updatedAt"] = null,
        };
        status["consecutiveReconcileSuccesses"] = null;
        status["consecutiveReconcileFailures"] = 1;
        if (await client.TryGetAsync(CarvelResources.Apps, app.Namespace, app.Name, cancellationToken) is { } current)
        {
            await client.SetAsync(CarvelResources.Apps, current, status, cancellationToken);
        }
    }
}
