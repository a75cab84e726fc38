using System.Collections.Concurrent;
using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Codecs;

/// <summary>The fields of a message by both of their names: <c>page_size</c> and <c>pageSize</c>.</summary>
internal static class FieldNames
{
    private static readonly ConcurrentDictionary<MessageDescriptor, FrozenDictionary<string, FieldDescriptor>> ByMessage = new();

    /// <summary>Finds a field; null where the message has none of that name.</summary>
    public static FieldDescriptor? Find(MessageDescriptor message, string name) =>
        ByMessage.GetOrAdd(message, Index).GetValueOrDefault(name);

    private static FrozenDictionary<string, FieldDescriptor> Index(MessageDescriptor message)
    {
        var fields = new Dictionary<string, FieldDescriptor>(StringComparer.Ordinal);
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            fields.TryAdd(field.JsonName, field);
        }

        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            fields[field.Name] = field;
        }

        return fields.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
