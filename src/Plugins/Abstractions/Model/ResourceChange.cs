namespace Wego.Plugins;

/// <summary>What an operation would do to one object.</summary>
/// <param name="Resource">The object.</param>
/// <param name="Type">What would happen to it.</param>
/// <param name="Diff">The difference as a unified diff of its YAML.</param>
[GenerateSerializer, Immutable, Alias("wego.ResourceChange")]
public sealed record ResourceChange(ResourceRef Resource, ResourceChangeType Type, string Diff);
