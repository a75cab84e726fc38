namespace Wego.Plugins;

/// <summary>The state of one object of an installed package.</summary>
/// <param name="Resource">Which object.</param>
/// <param name="Manifest">The whole object as JSON; its last state where it was deleted.</param>
/// <param name="Deleted">Whether it is gone.</param>
[GenerateSerializer, Immutable, Alias("wego.ResourceState")]
public sealed record ResourceState(ResourceRef Resource, string Manifest, bool Deleted);
