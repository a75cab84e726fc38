using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Carvel;

/// <summary>Stands in for kapp-controller's part that picks a version for a PackageInstall, makes an App of it and repeats the App's state.</summary>
internal sealed class PackageInstallController(IKubernetesClient client)
{
    private const string Finalizer = "finalizers.packageinstall.packaging.carvel.dev/delete";
    private const string DowngradableAnnotation = "packaging.carvel.dev/downgradable";
    private const string DefaultSyncPeriod = "10m";

    public async Task ReconcileAsync(string ns, string name, CancellationToken cancellationToken)
    {
        if (await client.TryGetAsync(CarvelResources.PackageInstalls, ns, name, cancellationToken) is not { } install)
        {
            return;
        }

        if (install.IsDeleting)
        {
            await DeleteAsync(install, await client.TryGetAsync(CarvelResources.Apps, ns, name, cancellationToken), cancellationToken);
            return;
        }

        if (await client.AddFinalizerAsync(CarvelResources.PackageInstalls, install, Finalizer, cancellationToken))
        {
            return;
        }

        JsonObject status;
        try
        {
            status = await InstallAsync(install, cancellationToken);
        }
        catch (CarvelException e)
        {
            status = CarvelStatus.Create(CarvelStatus.Failed, install, e);
        }

        await client.SetAsync(CarvelResources.PackageInstalls, install, status, cancellationToken);
    }

    private async Task<JsonObject> InstallAsync(KubernetesObject install, CancellationToken cancellationToken)
    {
        var package = PackageSelection.Select(install, await PackagesAsync(install, cancellationToken));
        var version = package.Text("spec", "version");
        var before = install.Text("status", "lastAttemptedVersion");
        if (install.Annotation(DowngradableAnnotation) is null && before.Length > 0 && VersionOrder.Instance.Compare(version, before) < 0)
        {
            var refused = CarvelStatus.Create(CarvelStatus.Failed, install, new CarvelException(
                $"Stopped installing matched version '{version}' since last attempted version '{before}' is higher.\nhint: Add annotation {DowngradableAnnotation}: \"\" to PackageInstall to proceed with downgrade",
                isOutput: true));
            refused["version"] = version;
            return refused;
        }

        var applied = await ApplyAsync(install, package, cancellationToken);
        var status = Repeat(install, applied);
        status["version"] = version;
        status["lastAttemptedVersion"] = version;
        return status;
    }

    private async Task<IReadOnlyList<KubernetesObject>> PackagesAsync(KubernetesObject install, CancellationToken cancellationToken)
    {
        var packages = new List<KubernetesObject>();
        foreach (var ns in new[] { install.Namespace, CarvelResources.GlobalNamespace }.Distinct())
        {
            packages.AddRange((await client.ListAsync(KubernetesIdentity.Service, CarvelResources.Packages, ns, new ListOptions(), cancellationToken)).Items);
        }

        return packages;
    }

    private async Task<KubernetesObject> ApplyAsync(KubernetesObject install, KubernetesObject package, CancellationToken cancellationToken)
    {
        var spec = JsonObject.Create(package.Find("spec", "template", "spec") is { ValueKind: JsonValueKind.Object } template
            ? template
            : throw new CarvelException($"Package {package.Name} has no template"))!;
        spec["serviceAccountName"] = install.Text("spec", "serviceAccountName");
        spec["syncPeriod"] = install.Text("spec", "syncPeriod") is { Length: > 0 } period ? period : DefaultSyncPeriod;
        foreach (var name in new[] { "paused", "canceled", "noopDelete", "defaultNamespace", "cluster" })
        {
            if (install.Find("spec", name) is { ValueKind: not JsonValueKind.Undefined } value)
            {
                spec[name] = JsonSerializer.SerializeToNode(value);
            }
        }

        AddValues(install, spec);
        var manifest = new JsonObject
        {
            ["apiVersion"] = CarvelResources.Apps.ApiVersion,
            ["kind"] = "App",
            ["metadata"] = new JsonObject
            {
                ["name"] = install.Name,
                ["namespace"] = install.Namespace,
                ["annotations"] = new JsonObject
                {
                    ["packaging.carvel.dev/package-ref-name"] = package.Text("spec", "refName"),
                    ["packaging.carvel.dev/package-version"] = package.Text("spec", "version"),
                },
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = CarvelResources.PackageInstalls.ApiVersion,
                    ["kind"] = "PackageInstall",
                    ["name"] = install.Name,
                    ["uid"] = install.Uid,
                    ["controller"] = true,
                    ["blockOwnerDeletion"] = true,
                }),
            },
            ["spec"] = spec,
        };

        // Applying what is there already changes nothing, and wakes nobody.
        return await client.PatchAsync(
            KubernetesIdentity.Service, CarvelResources.Apps, install.Namespace, install.Name, PatchType.Apply, manifest, new PatchOptions(CarvelResources.Manager, Force: true), cancellationToken);
    }

    /// <summary>The values of the install go to the first step that renders.</summary>
    private static void AddValues(KubernetesObject install, JsonObject spec)
    {
        if (install.Find("spec", "values") is not { ValueKind: JsonValueKind.Array } values)
        {
            return;
        }

        var step = (spec.Array("template") ?? []).Select(t => t.Object("ytt") ?? t.Object("helmTemplate")).FirstOrDefault(t => t is not null);
        if (step is null)
        {
            return;
        }

        var from = step.Array("valuesFrom");
        if (from is null)
        {
            step["valuesFrom"] = from = [];
        }

        foreach (var value in values.EnumerateArray())
        {
            var secret = value.TryGetProperty("secretRef", out var reference) && reference.TryGetProperty("name", out var name)
                ? name.GetString()
                : throw new CarvelException("Invalid fields: spec.values[0].secretRef: Required value");
            from.Add((JsonNode)new JsonObject { ["secretRef"] = new JsonObject { ["name"] = secret } });
        }
    }

    private static JsonObject Repeat(KubernetesObject install, KubernetesObject app)
    {
        var state = CarvelStatus.IsObserved(app) ? CarvelStatus.Of(app) ?? CarvelStatus.Reconciling : CarvelStatus.Reconciling;
        if (state != CarvelStatus.Failed)
        {
            return CarvelStatus.Create(state, install);
        }

        // The reason is repeated where it is told apart from the condition, which points at it.
        var message = app.Text("status", "usefulErrorMessage") is { Length: > 0 } useful ? useful : app.Find("status", "conditions")[0].GetProperty("message").GetString()!;
        return CarvelStatus.Create(CarvelStatus.Failed, install, new CarvelException(message, isOutput: true));
    }

    private async Task DeleteAsync(KubernetesObject install, KubernetesObject? app, CancellationToken cancellationToken)
    {
        if (app is null)
        {
            await client.RemoveFinalizerAsync(CarvelResources.PackageInstalls, install, Finalizer, cancellationToken);
            return;
        }

        if (app.Text("spec", "serviceAccountName") != install.Text("spec", "serviceAccountName"))
        {
            // Otherwise an install with a wrong account could never be deleted.
            await client.PatchAsync(
                KubernetesIdentity.Service,
                CarvelResources.Apps,
                app.Namespace,
                app.Name,
                PatchType.Merge,
                new JsonObject { ["spec"] = new JsonObject { ["serviceAccountName"] = install.Text("spec", "serviceAccountName") } },
                new PatchOptions(CarvelResources.Manager),
                cancellationToken);
        }

        if (!app.IsDeleting)
        {
            await client.TryDeleteAsync(CarvelResources.Apps, app.Namespace, app.Name, cancellationToken);
        }

        var failed = CarvelStatus.Of(app) == CarvelStatus.DeleteFailed;
        var status = CarvelStatus.Create(
            failed ? CarvelStatus.DeleteFailed : CarvelStatus.Deleting,
            install,
            failed ? new CarvelException(app.Text("status", "usefulErrorMessage"), isOutput: true) : null);
        await client.SetAsync(CarvelResources.PackageInstalls, install, status, cancellationToken);
    }
}
