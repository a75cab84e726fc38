using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Wego.Plugins;

/// <summary>
/// A SHA-256 digest of content, as repository indexes and OCI manifests carry it
/// (<see href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI descriptor digests</see>).
/// </summary>
public readonly record struct ContentDigest
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 32;

    private const string Algorithm = "sha256:";

    private readonly Bytes _bytes;

    private ContentDigest(ReadOnlySpan<byte> bytes) => bytes[..Length].CopyTo(MemoryMarshal.AsBytes(new Span<Bytes>(ref _bytes)));

    /// <summary>The digest of content.</summary>
    public static ContentDigest Compute(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(content, hash);
        return new ContentDigest(hash);
    }

    /// <summary>The digest in raw bytes; null where they are all zero, which stands for "not known" in a version table.</summary>
    public static ContentDigest? FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOfAnyExcept((byte)0) < 0 ? null : new ContentDigest(bytes);

    /// <summary>Reads 64 hexadecimal digits, with or without <c>sha256:</c> before them.</summary>
    /// <returns>False for anything else, another algorithm included.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContentDigest digest)
    {
        digest = default;
        var hex = text.AsSpan();
        hex = hex.StartsWith(Algorithm, StringComparison.OrdinalIgnoreCase) ? hex[Algorithm.Length..] : hex;
        Span<byte> bytes = stackalloc byte[Length];
        if (hex.Length != 2 * Length || Convert.FromHexString(hex, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        digest = new ContentDigest(bytes);
        return true;
    }

    /// <summary>Writes the raw bytes.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.AsBytes(new ReadOnlySpan<Bytes>(in _bytes)).CopyTo(destination);

    /// <summary><c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Algorithm + Convert.ToHexStringLower(MemoryMarshal.AsBytes(new ReadOnlySpan<Bytes>(in _bytes)));

    // Four words rather than an array: a digest is a key of many dictionaries and must compare by value without a heap object.
    private readonly record struct Bytes(ulong A, ulong B, ulong C, ulong D);
}
