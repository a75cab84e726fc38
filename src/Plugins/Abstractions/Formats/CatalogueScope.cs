using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>Which repositories offer packages to a namespace.</summary>
/// <param name="Cluster">The cluster that the repositories are on.</param>
/// <param name="Namespaces">Their namespaces; null: every namespace that the caller may read.</param>
public sealed record CatalogueScope(string Cluster, ImmutableHashSet<string>? Namespaces);
