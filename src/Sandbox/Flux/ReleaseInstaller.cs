using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Flux;

/// <summary>Puts the objects of a release into the cluster, takes them out again, and keeps Helm's record of it.</summary>
internal sealed class ReleaseInstaller(IKubernetesClient client, TimeProvider time)
{
    private const string Manager = "helm-controller";

    /// <summary>Applies the objects, removes those of the previous revision that are no longer part, and writes the record.</summary>
    public async Task<ImmutableArray<InventoryEntry>> InstallAsync(
        KubernetesObject owner, Release release, string ns, string name, long revision, CancellationToken cancellationToken)
    {
        var installed = ImmutableArray.CreateBuilder<InventoryEntry>();
        foreach (var obj in release.Objects())
        {
            installed.Add(await ApplyAsync(owner, obj, ns, cancellationToken));
        }

        foreach (var gone in Inventory(owner).Where(old => installed.All(i => i.Id != old.Id)))
        {
            await client.TryDeleteAsync(gone.Resource, gone.Namespace, gone.Name, cancellationToken);
        }

        var record = ReleaseRecord.Create(release, name, ns, revision, time.GetUtcNow());
        await client.PatchAsync(
            KubernetesIdentity.Service, FluxResources.Secrets, ns, ReleaseRecord.NameOf(name, revision), PatchType.Apply, record, new PatchOptions(Manager, Force: true), cancellationToken);
        if (revision > 1)
        {
            await client.TryDeleteAsync(FluxResources.Secrets, ns, ReleaseRecord.NameOf(name, revision - 1), cancellationToken);
        }

        return installed.ToImmutable();
    }

    /// <summary>Returns once all workloads run.</summary>
    public async Task WaitAsync(IEnumerable<InventoryEntry> inventory, TimeSpan poll, CancellationToken cancellationToken)
    {
        foreach (var entry in inventory.Where(i => i.Resource is { Group: "apps", Resource: "deployments" or "statefulsets" or "daemonsets" }))
        {
            while (await client.TryGetAsync(entry.Resource, entry.Namespace!, entry.Name, cancellationToken) is { } workload && !WorkloadController.IsReady(workload))
            {
                await Task.Delay(poll, time, cancellationToken);
            }
        }
    }

    /// <summary>Deletes everything.</summary>
    public async Task UninstallAsync(KubernetesObject owner, string ns, string name, CancellationToken cancellationToken)
    {
        foreach (var entry in Inventory(owner))
        {
            await client.TryDeleteAsync(entry.Resource, entry.Namespace, entry.Name, cancellationToken);
        }

        var records = await client.ListAsync(
            KubernetesIdentity.Service, FluxResources.Secrets, ns, new ListOptions(LabelSelector: $"owner=helm,name={name}"), cancellationToken);
        foreach (var record in records.Items)
        {
            await client.TryDeleteAsync(FluxResources.Secrets, ns, record.Name, cancellationToken);
        }
    }

    private static IEnumerable<InventoryEntry> Inventory(KubernetesObject owner)
    {
        if (owner.Find("status", "inventory", "entries") is not { ValueKind: JsonValueKind.Array } entries)
        {
            yield break;
        }

        foreach (var entry in entries.EnumerateArray())
        {
            var id = entry.GetProperty("id").GetString()!;
            var parts = id.Split('_');
            var resource = new GroupVersionResource(parts[2], entry.GetProperty("v").GetString()!, Plural(parts[3]));
            yield return new InventoryEntry(id, resource, parts[0].Length == 0 ? null : parts[0], parts[1]);
        }
    }

    // Enough for the kinds of the sample charts.
    private static string Plural(string kind) => kind switch
    {
        [.., 'y'] => kind[..^1].ToLowerInvariant() + "ies",
        [.., 's'] => kind.ToLowerInvariant() + "es",
        _ => kind.ToLowerInvariant() + "s",
    };

    private async Task<InventoryEntry> ApplyAsync(KubernetesObject owner, JsonObject obj, string ns, CancellationToken cancellationToken)
    {
        var (apiVersion, kind, name) = (obj.Text("apiVersion") ?? "", obj.Text("kind") ?? "", obj.Object("metadata").Text("name") ?? "");
        var resource = await client.Discovery.FindKindAsync(apiVersion, kind, cancellationToken)
            ?? throw new ChartException($"no matches for kind \"{kind}\" in version \"{apiVersion}\"");
        var home = resource.Namespaced ? obj.Object("metadata").Text("namespace") ?? ns : null;
        if (home is not null)
        {
            obj.Metadata()["namespace"] = home;
        }

        var labels = obj.Metadata().Ensure("labels");
        labels["helm.toolkit.fluxcd.io/name"] = owner.Name;
        labels["helm.toolkit.fluxcd.io/namespace"] = owner.Namespace;
        await client.PatchAsync(KubernetesIdentity.Service, resource.Resource, home, name, PatchType.Apply, obj, new PatchOptions(Manager, Force: true), cancellationToken);
        return new InventoryEntry($"{home}_{name}_{resource.Resource.Group}_{kind}", resource.Resource, home, name);
    }
}
