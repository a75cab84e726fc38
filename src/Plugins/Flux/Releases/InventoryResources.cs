using System.Collections.Immutable;
using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>
/// Reads <c>status.inventory</c>: entries of <c>id</c> (<c>namespace_name_group_kind</c>, a colon of a name written as two
/// underscores, as kstatus' object identifiers are) and <c>v</c> (the version).
/// </summary>
internal static class InventoryResources
{
    /// <summary>The objects, or null where the object has no inventory.</summary>
    public static ImmutableArray<ResourceRef>? Read(KubernetesObject release, string releaseNamespace)
    {
        var entries = release.Find("status", "inventory", "entries");
        return entries.ValueKind != JsonValueKind.Array ? null
            : [.. entries.Items().Select(e => Parse(e.Text("id"), e.Text("v"), releaseNamespace)).OfType<ResourceRef>()];
    }

    private static ResourceRef? Parse(string id, string version, string releaseNamespace)
    {
        // Names may hold underscores (as colons), the other parts cannot: take those from both ends.
        var first = id.IndexOf('_', StringComparison.Ordinal);
        var last = id.LastIndexOf('_');
        var middle = last > 0 ? id.LastIndexOf('_', last - 1) : -1;
        if (first < 0 || middle <= first || version.Length == 0)
        {
            return null;
        }

        var (ns, name, group, kind) = (id[..first], id[(first + 1)..middle], id[(middle + 1)..last], id[(last + 1)..]);
        return new ResourceRef(
            group.Length == 0 ? version : $"{group}/{version}",
            kind,
            name.Replace("__", ":", StringComparison.Ordinal),
            ns.Length == 0 ? releaseNamespace : ns);
    }
}
