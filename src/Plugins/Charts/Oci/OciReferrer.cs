namespace Wego.Plugins.Charts;

/// <summary>An artifact that refers to another one: a signature, a list of what is in it, a report (<see href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#listing-referrers">referrers</see>).</summary>
/// <param name="Name">The annotation <c>org.opencontainers.image.title</c>, or empty.</param>
/// <param name="Description">The annotation <c>org.opencontainers.image.description</c>, or empty.</param>
/// <param name="MediaType">The media type of its manifest.</param>
/// <param name="ArtifactType">What it is, or empty.</param>
/// <param name="Digest">The digest of its manifest, as the registry spells it.</param>
public sealed record OciReferrer(string Name, string Description, string MediaType, string ArtifactType, string Digest);
