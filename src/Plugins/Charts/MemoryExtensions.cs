using System.Runtime.InteropServices;

namespace Wego.Plugins.Charts;

internal static class MemoryExtensions
{
    /// <summary>A stream over the bytes, without a copy where they lie in an array.</summary>
    public static MemoryStream OpenRead(this ReadOnlyMemory<byte> content) => MemoryMarshal.TryGetArray(content, out var segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(content.ToArray(), writable: false);
}
