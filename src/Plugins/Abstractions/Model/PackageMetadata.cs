namespace Wego.Plugins;

/// <summary>Something that a registry keeps beside a package, for example a signature or a bill of materials.</summary>
/// <param name="Name">Its title, or empty.</param>
/// <param name="Description">Its description, or empty.</param>
/// <param name="MediaType">The media type of its manifest.</param>
/// <param name="ArtifactType">What it is, as a media type, or empty.</param>
/// <param name="Digest">The digest of its manifest.</param>
[GenerateSerializer, Immutable, Alias("wego.PackageMetadata")]
public sealed record PackageMetadata(string Name, string Description, string MediaType, string ArtifactType, string Digest);
