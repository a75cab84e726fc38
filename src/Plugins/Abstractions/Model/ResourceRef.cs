namespace Wego.Plugins;

/// <summary>Names a Kubernetes object that belongs to an installed package.</summary>
/// <param name="ApiVersion">For example <c>apps/v1</c>.</param>
/// <param name="Kind">For example <c>Deployment</c>.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Namespace">The object's namespace; the release's where the manifest names none.</param>
[GenerateSerializer, Immutable, Alias("wego.ResourceRef")]
public sealed record ResourceRef(string ApiVersion, string Kind, string Name, string Namespace);
