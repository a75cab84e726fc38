namespace Wego.Plugins;

/// <summary>Names a package repository.</summary>
/// <param name="Plugin">The format.</param>
/// <param name="Cluster">The cluster's name in Wego.</param>
/// <param name="Namespace">The namespace of the repository object.</param>
/// <param name="Name">The name of the repository object.</param>
[GenerateSerializer, Immutable, Alias("wego.RepositoryRef")]
public sealed record RepositoryRef(PluginId Plugin, string Cluster, string Namespace, string Name);
