using Wego.Kubernetes;

namespace Wego.Sandbox.Flux;

/// <summary>An object of a release.</summary>
/// <param name="Id">As Flux writes it: <c>namespace_name_group_kind</c>.</param>
/// <param name="Resource">Its kind.</param>
/// <param name="Namespace">Its namespace; null for cluster-scoped objects.</param>
/// <param name="Name">Its name.</param>
internal sealed record InventoryEntry(string Id, GroupVersionResource Resource, string? Namespace, string Name);
