using System.Collections.Immutable;
using System.Text.Json;

namespace Wego.Jq;

/// <summary>A JSON value. Immutable; what was read from a document is unpacked when it is looked at.</summary>
public sealed class JqValue : IEquatable<JqValue>
{
    // Documents are at most this deep where the reader keeps its default.
    private const int DocumentDepth = 64;

    private readonly object? _content;
    private readonly double _number;
    private JsonElement? _source;
    private ImmutableArray<JqValue> _items;
    private ImmutableSortedDictionary<string, JqValue>? _members;

    private JqValue(JqKind kind, object? content = null, double number = 0, int depth = 0) => (Kind, _content, _number, Depth) = (kind, content, number, depth);

    /// <summary><c>null</c>.</summary>
    public static JqValue Null { get; } = new(JqKind.Null);

    /// <summary><c>true</c>.</summary>
    public static JqValue True { get; } = new(JqKind.Boolean, number: 1);

    /// <summary><c>false</c>.</summary>
    public static JqValue False { get; } = new(JqKind.Boolean);

    /// <summary>The kind of value.</summary>
    public JqKind Kind { get; }

    /// <summary>The boolean; false for other kinds.</summary>
    public bool Boolean => Kind == JqKind.Boolean && _number != 0;

    /// <summary>The number; 0 for other kinds.</summary>
    public double Number => Kind == JqKind.Number ? _number : 0;

    /// <summary>The string; empty for other kinds.</summary>
    public string Text => _content as string ?? "";

    /// <summary>The items of an array; empty for other kinds.</summary>
    public ImmutableArray<JqValue> Items
    {
        get
        {
            Unpack();
            return _items.IsDefault ? [] : _items;
        }
    }

    /// <summary>The members of an object, sorted by key; empty for other kinds.</summary>
    public ImmutableSortedDictionary<string, JqValue> Members
    {
        get
        {
            Unpack();
            return _members ?? CodePoints.EmptyMembers;
        }
    }

    /// <summary>How deeply the value is nested, at most.</summary>
    internal int Depth { get; }

    /// <summary>Whether conditions take it for true: everything but <c>false</c> and <c>null</c>.</summary>
    internal bool IsTruthy => Kind != JqKind.Null && (Kind != JqKind.Boolean || Boolean);

    /// <summary>A boolean.</summary>
    public static JqValue Of(bool value) => value ? True : False;

    /// <summary>A number.</summary>
    public static JqValue Of(double value) => new(JqKind.Number, number: value);

    /// <summary>A string.</summary>
    public static JqValue Of(string value) => new(JqKind.String, value);

    /// <summary>A value of a document, which must outlive it.</summary>
    public static JqValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        JsonValueKind.Number => Of(element.GetDouble()),
        JsonValueKind.String => Of(ReadText(element)),
        JsonValueKind.Array => new JqValue(JqKind.Array, depth: DocumentDepth) { _source = element },
        JsonValueKind.Object => new JqValue(JqKind.Object, depth: DocumentDepth) { _source = element },
        _ => Null,
    };

    /// <summary>An array.</summary>
    public static JqValue Of(ImmutableArray<JqValue> items)
    {
        var depth = 0;
        foreach (var item in items)
        {
            depth = Math.Max(depth, item.Depth);
        }

        return new JqValue(JqKind.Array, depth: depth + 1) { _items = items };
    }

    /// <summary>An object.</summary>
    public static JqValue Of(ImmutableSortedDictionary<string, JqValue> members)
    {
        var depth = 0;
        foreach (var (_, value) in members)
        {
            depth = Math.Max(depth, value.Depth);
        }

        return new JqValue(JqKind.Object, depth: depth + 1) { _members = members.WithComparers(CodePoints.Comparer) };
    }

    /// <inheritdoc/>
    public bool Equals(JqValue? other) => other is not null && ValueOrder.Compare(this, other, null) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JqValue);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Text, _number);

    /// <summary>The value as JSON, keys sorted.</summary>
    public override string ToString() => JsonText.Write(this, null);

    // A text with half of a surrogate pair is no text; JSON can write it all the same.
    private static string ReadText(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JqRuntimeException("the input has a string that is no valid Unicode");
        }
    }

    private void Unpack()
    {
        if (_source is not { } source)
        {
            return;
        }

        if (Kind == JqKind.Array)
        {
            _items = [.. source.EnumerateArray().Select(Of)];
        }
        else
        {
            var members = CodePoints.EmptyMembers.ToBuilder();
            foreach (var member in source.EnumerateObject())
            {
                members[member.Name] = Of(member.Value);
            }

            _members = members.ToImmutable();
        }

        _source = null;
    }
}
