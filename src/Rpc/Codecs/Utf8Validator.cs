using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Codecs;

/// <summary>
/// Finds text that is not UTF-8, which proto3 forbids in fields of type string and the parser silently replaces. Works on the
/// bytes of a message that the parser has accepted.
/// </summary>
internal static class Utf8Validator
{
    private const int MaxDepth = 100;

    /// <summary>The path of the first invalid field; null where all are valid.</summary>
    public static string? FindInvalid(in ReadOnlySequence<byte> bytes, MessageDescriptor descriptor)
    {
        if (IsAscii(bytes))
        {
            return null;
        }

        if (bytes.IsSingleSegment)
        {
            return Find(bytes.FirstSpan, descriptor, 0);
        }

        var length = (int)bytes.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            bytes.CopyTo(copy);
            return Find(copy.AsSpan(0, length), descriptor, 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static bool IsAscii(in ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            if (!Ascii.IsValid(segment.Span))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Find(ReadOnlySpan<byte> rest, MessageDescriptor descriptor, int depth)
    {
        // The fields of a group, which proto3 does not have, belong to no message that is known here.
        var groups = 0;
        while (rest.Length > 0)
        {
            var tag = (uint)ReadVarint(ref rest);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    ReadVarint(ref rest);
                    break;
                case WireFormat.WireType.Fixed32:
                    rest = rest[sizeof(uint)..];
                    break;
                case WireFormat.WireType.Fixed64:
                    rest = rest[sizeof(ulong)..];
                    break;
                case WireFormat.WireType.StartGroup:
                    groups++;
                    break;
                case WireFormat.WireType.EndGroup:
                    groups--;
                    break;
                default:
                    var length = (int)ReadVarint(ref rest);
                    var field = groups == 0 ? descriptor.FindFieldByNumber(WireFormat.GetTagFieldNumber(tag)) : null;
                    if (Check(field, rest[..length], depth) is { } path)
                    {
                        return path;
                    }

                    rest = rest[length..];
                    break;
            }
        }

        return null;
    }

    private static string? Check(FieldDescriptor? field, ReadOnlySpan<byte> value, int depth) => field?.FieldType switch
    {
        FieldType.String when !Utf8.IsValid(value) => field.Name,
        FieldType.Message when depth < MaxDepth && Find(value, field.MessageType, depth + 1) is { } inner => $"{field.Name}.{inner}",
        _ => null,
    };

    private static ulong ReadVarint(ref ReadOnlySpan<byte> rest)
    {
        ulong value = 0;
        for (var i = 0; ; i++)
        {
            value |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return value;
            }
        }
    }
}
