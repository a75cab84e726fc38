using System.Collections.Immutable;

namespace Wego.Kubernetes;

/// <summary>What discovery says about one resource of a cluster.</summary>
/// <param name="Resource">Group, version and plural name.</param>
/// <param name="Kind">The kind of its objects, for example <c>ConfigMap</c>.</param>
/// <param name="Namespaced">Whether objects live in a namespace.</param>
/// <param name="Verbs">The verbs the API server serves for it.</param>
public sealed record ApiResource(GroupVersionResource Resource, string Kind, bool Namespaced, ImmutableArray<string> Verbs);
