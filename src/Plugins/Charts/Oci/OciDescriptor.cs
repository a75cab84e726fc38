namespace Wego.Plugins.Charts;

/// <summary>Points to a blob (<see href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">descriptor</see>).</summary>
/// <param name="MediaType">The media type.</param>
/// <param name="Digest">The digest; Helm always writes SHA-256.</param>
/// <param name="Size">The size in bytes.</param>
internal sealed record OciDescriptor(string MediaType, ContentDigest Digest, long Size);
