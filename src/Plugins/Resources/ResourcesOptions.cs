namespace Wego.Plugins.Resources;

/// <summary>Settings of the plugin, the section <c>Wego:Plugins:resources</c>.</summary>
public sealed class ResourcesOptions
{
    /// <summary>The section's path, for messages.</summary>
    internal const string Section = "Wego:Plugins:resources";

    /// <summary>A header of a trusted proxy that says which namespaces the user has. Off by default.</summary>
    public TrustedNamespacesOptions TrustedNamespaces { get; set; } = new();

    /// <summary>How many access reviews run at a time for one caller who may not list namespaces.</summary>
    public int MaxParallelReviews { get; set; } = 10;
}
