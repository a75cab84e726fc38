namespace Wego.Kubernetes;

/// <summary>A document read as it is.</summary>
/// <param name="ContentType">As the server gave it, or empty.</param>
/// <param name="Body">The bytes.</param>
public sealed record RawResponse(string ContentType, ReadOnlyMemory<byte> Body);
