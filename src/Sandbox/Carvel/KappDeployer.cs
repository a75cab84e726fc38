using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Carvel;

/// <summary>Stands in for kapp: puts the objects of an App into the cluster, waits for them, and takes out those that are no longer part.</summary>
internal sealed class KappDeployer(IKubernetesClient client, TimeSpan poll, TimeProvider time)
{
    private const string Manager = "kapp";

    private sealed record Part(ApiResource Kind, string? Namespace, string Name, JsonObject Manifest);

    /// <exception cref="CarvelException">An object cannot be deployed, or belongs to another app.</exception>
    public async Task<KappRecord> DeployAsync(KubernetesObject app, AppContent content, CancellationToken cancellationToken)
    {
        var before = await KappRecord.ReadAsync(client, app, cancellationToken);
        var label = before?.Label ?? time.GetUtcNow().UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var parts = new List<Part>();
        foreach (var obj in content.Objects)
        {
            parts.Add(await PlaceAsync(app, obj, label, cancellationToken));
        }

        foreach (var part in parts)
        {
            await CheckOwnerAsync(part, label, cancellationToken);
        }

        // Recorded before anything is created, with all that was there: whatever happens, everything is found again.
        var record = new KappRecord(
            label,
            [.. parts.Select(p => (p.Kind.Resource.Group, p.Kind.Resource.Version, p.Kind.Kind)).Distinct()],
            [.. parts.Select(p => p.Namespace).OfType<string>().Distinct().Order(StringComparer.Ordinal)]);
        await RecordAsync(app, before is null ? record : record with { Kinds = [.. record.Kinds.Union(before.Kinds)], Namespaces = [.. record.Namespaces.Union(before.Namespaces)] }, cancellationToken);
        foreach (var part in parts)
        {
            await ApplyAsync(part, cancellationToken);
        }

        if (before is not null)
        {
            await RemoveAsync(before, parts, cancellationToken);
        }

        await WaitAsync(parts, cancellationToken);
        await RecordAsync(app, record, cancellationToken);
        return record;
    }

    /// <summary>Deletes everything.</summary>
    public async Task DeleteAsync(KubernetesObject app, CancellationToken cancellationToken)
    {
        if (await KappRecord.ReadAsync(client, app, cancellationToken) is { } record)
        {
            await RemoveAsync(record, [], cancellationToken);
            await client.TryDeleteAsync(CarvelResources.ConfigMaps, app.Namespace, KappRecord.NameOf(app), cancellationToken);
        }
    }

    private static string NamespaceOf(KubernetesObject app)
    {
        var into = app.Find("spec", "deploy") is { ValueKind: JsonValueKind.Array } deploy && deploy.GetArrayLength() > 0
            && deploy[0].TryGetProperty("kapp", out var kapp) && kapp.TryGetProperty("intoNs", out var ns)
            ? ns.GetString()
            : null;
        return into is { Length: > 0 } ? into : app.Text("spec", "defaultNamespace") is { Length: > 0 } given ? given : app.Namespace;
    }

    private static CarvelException Error(string message) => new($"kapp: Error: {message}", isOutput: true);

    private async Task<Part> PlaceAsync(KubernetesObject app, JsonObject obj, string label, CancellationToken cancellationToken)
    {
        var (apiVersion, kind, name) = (obj.Text("apiVersion") ?? "", obj.Text("kind") ?? "", obj.Object("metadata").Text("name") ?? "");
        var resource = await client.Discovery.FindKindAsync(apiVersion, kind, cancellationToken)
            ?? throw Error($"Expected to find kind '{apiVersion}/{kind}', but did not");
        var metadata = obj.Metadata();
        var home = resource.Namespaced ? metadata.Text("namespace") ?? NamespaceOf(app) : null;
        if (home is not null)
        {
            metadata["namespace"] = home;
        }

        var identity = $"{home}/{resource.Resource.Group}/{kind}/{name}";
        metadata.Ensure("labels")[KappRecord.LabelKey] = label;
        metadata.Ensure("labels")["kapp.k14s.io/association"] = "v1." + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16));
        metadata.Ensure("annotations")["kapp.k14s.io/identity"] = $"v1;{identity};{apiVersion}";
        return new Part(resource, home, name, obj);
    }

    private async Task CheckOwnerAsync(Part part, string label, CancellationToken cancellationToken)
    {
        if (await client.TryGetAsync(part.Kind.Resource, part.Namespace ?? "", part.Name, cancellationToken) is { } present
            && present.Label(KappRecord.LabelKey) is { } other && other != label)
        {
            throw Error($"Ownership errors:\n- Resource '{part.Kind.Kind.ToLowerInvariant()}/{part.Name} ({part.Kind.Resource.ApiVersion}) namespace: {part.Namespace}' is already associated with a different label '{KappRecord.LabelKey}={other}'");
        }
    }

    private async Task ApplyAsync(Part part, CancellationToken cancellationToken)
    {
        try
        {
            await client.PatchAsync(KubernetesIdentity.Service, part.Kind.Resource, part.Namespace, part.Name, PatchType.Apply, part.Manifest, new PatchOptions(Manager, Force: true), cancellationToken);
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.Forbidden or KubernetesFailure.Invalid or KubernetesFailure.NotFound)
        {
            throw Error($"Applying {part.Kind.Kind.ToLowerInvariant()}/{part.Name}: {e.Message}");
        }
    }

    private async Task RemoveAsync(KappRecord record, List<Part> kept, CancellationToken cancellationToken)
    {
        foreach (var (group, version, kind) in record.Kinds)
        {
            if (await client.Discovery.FindKindAsync(group.Length == 0 ? version : $"{group}/{version}", kind, cancellationToken) is not { } resource)
            {
                continue;
            }

            var found = await client.ListAsync(KubernetesIdentity.Service, resource.Resource, ns: null, new ListOptions(LabelSelector: $"{KappRecord.LabelKey}={record.Label}"), cancellationToken);
            foreach (var gone in found.Items.Where(f => !kept.Exists(k => k.Kind.Kind == kind && k.Name == f.Name && (k.Namespace ?? "") == f.Namespace)))
            {
                await client.TryDeleteAsync(resource.Resource, resource.Namespaced ? gone.Namespace : null, gone.Name, cancellationToken);
            }
        }
    }

    private async Task WaitAsync(List<Part> parts, CancellationToken cancellationToken)
    {
        foreach (var part in parts.Where(p => p.Kind.Resource is { Group: "apps", Resource: "deployments" or "statefulsets" or "daemonsets" }))
        {
            while (await client.TryGetAsync(part.Kind.Resource, part.Namespace!, part.Name, cancellationToken) is { } workload && !WorkloadController.IsReady(workload))
            {
                await Task.Delay(poll, time, cancellationToken);
            }
        }
    }

    private Task<KubernetesObject> RecordAsync(KubernetesObject app, KappRecord record, CancellationToken cancellationToken) => client.PatchAsync(
        KubernetesIdentity.Service,
        CarvelResources.ConfigMaps,
        app.Namespace,
        KappRecord.NameOf(app),
        PatchType.Apply,
        record.ToConfigMap(app, time.GetUtcNow()),
        new PatchOptions(Manager, Force: true),
        cancellationToken);
}
