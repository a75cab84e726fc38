using System.Collections.Immutable;

namespace Wego.Kubernetes;

/// <summary>One page of a list.</summary>
/// <param name="Items">The objects, with <c>apiVersion</c> and <c>kind</c> filled in.</param>
/// <param name="ResourceVersion">The version of the whole list, from which to watch.</param>
/// <param name="Continue">The token of the next page, or null on the last.</param>
public sealed record KubernetesList(ImmutableArray<KubernetesObject> Items, string ResourceVersion, string? Continue);
