namespace Wego.Plugins;

/// <summary>Names an installed package.</summary>
/// <param name="Plugin">The format.</param>
/// <param name="Cluster">The cluster's name in Wego.</param>
/// <param name="Namespace">The namespace of the installed object.</param>
/// <param name="Name">The name of the installed object.</param>
[GenerateSerializer, Immutable, Alias("wego.InstalledPackageRef")]
public sealed record InstalledPackageRef(PluginId Plugin, string Cluster, string Namespace, string Name);
