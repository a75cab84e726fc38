using Google.Protobuf;
using Google.Protobuf.Reflection;
using Wego.Rpc.Codecs;

namespace Wego.Rpc.Rest.Binding;

/// <summary>A field inside a message, reached through singular message fields.</summary>
/// <param name="Parents">The message fields on the way, outermost first.</param>
/// <param name="Field">The field.</param>
internal sealed record FieldPath(IReadOnlyList<FieldDescriptor> Parents, FieldDescriptor Field)
{
    /// <summary>The outermost field.</summary>
    public FieldDescriptor First => Parents.Count > 0 ? Parents[0] : Field;

    /// <summary>Resolves <c>a.b.c</c>, each part by its proto or its JSON name.</summary>
    /// <returns>The path, or null where the message has no such field.</returns>
    /// <exception cref="FormatException">A part on the way is not a single message, so that nothing can be inside it.</exception>
    public static FieldPath? Resolve(MessageDescriptor message, string path)
    {
        var names = path.Split('.');
        var parents = new FieldDescriptor[names.Length - 1];
        for (var i = 0; i < names.Length; i++)
        {
            if (FieldNames.Find(message, names[i]) is not { } field)
            {
                return null;
            }

            if (i == parents.Length)
            {
                return new FieldPath(parents, field);
            }

            if (field.FieldType != FieldType.Message || field.IsRepeated)
            {
                throw new FormatException($"'{string.Join('.', names.Take(i + 1))}' is not a single message and cannot be reached into");
            }

            parents[i] = field;
            message = field.MessageType;
        }

        return null;
    }

    /// <summary>The message that has the field, created on the way where it is absent.</summary>
    public IMessage Owner(IMessage root)
    {
        foreach (var parent in Parents)
        {
            if (parent.Accessor.GetValue(root) is not IMessage child)
            {
                child = parent.MessageType.Parser.ParseFrom(ByteString.Empty);
                parent.Accessor.SetValue(root, child);
            }

            root = child;
        }

        return root;
    }

    /// <summary>The path of the message that has the field, in proto names; empty for the request message.</summary>
    public string OwnerName => string.Join('.', Parents.Select(f => f.Name));

    /// <summary>The path in proto names.</summary>
    public override string ToString() => string.Join('.', Parents.Append(Field).Select(f => f.Name));
}
