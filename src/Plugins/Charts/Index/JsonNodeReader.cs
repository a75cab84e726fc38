using System.Text;
using System.Text.Json;

namespace Wego.Plugins.Charts;

/// <summary>Reads a JSON document.</summary>
internal sealed class JsonNodeReader(ReadOnlyMemory<byte> content, int maxDepth) : NodeReader(maxDepth)
{
    private readonly ReadOnlyMemory<byte> _content = content.Span.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;

    // The reader's own limit lies above ours, so that ours is the one that is reported.
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = maxDepth + 1 });
    private long _read;
    private (long Line, long Column)? _position;

    public override long Line => Position().Line;

    public override long Column => Position().Column;

    private protected override NodeKind ReadNext()
    {
        _position = null;
        try
        {
            var reader = new Utf8JsonReader(_content.Span[(int)_read..], isFinalBlock: true, _state);
            var more = reader.Read();
            (_state, _read) = (reader.CurrentState, _read + reader.BytesConsumed);
            return more ? Take(ref reader) : NodeKind.End;
        }
        catch (JsonException e)
        {
            throw new ChartIndexException(
                ChartFailure.MalformedIndex,
                (e.LineNumber ?? 0) + 1,
                (e.BytePositionInLine ?? 0) + 1,
                "it is no valid JSON.",
                e);
        }
        catch (InvalidOperationException e)
        {
            throw new ChartIndexException(ChartFailure.MalformedIndex, Line, Column, "it has text that is not encoded in UTF-8.", e);
        }
    }

    private NodeKind Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return NodeKind.MappingStart;
            case JsonTokenType.EndObject:
                return NodeKind.MappingEnd;
            case JsonTokenType.StartArray:
                return NodeKind.SequenceStart;
            case JsonTokenType.EndArray:
                return NodeKind.SequenceEnd;
            case JsonTokenType.PropertyName or JsonTokenType.String:
                Text = reader.GetString() ?? "";
                return NodeKind.Scalar;
            case JsonTokenType.Null:
                Text = "";
                return NodeKind.Scalar;
            default:
                Text = Encoding.UTF8.GetString(reader.ValueSpan);
                return NodeKind.Scalar;
        }
    }

    // Only asked for when something is wrong, so counting the lines again is cheaper than counting them always.
    private (long Line, long Column) Position()
    {
        if (_position is { } known)
        {
            return known;
        }

        var before = _content.Span[..(int)_read];
        var position = (before.Count((byte)'\n') + 1L, before.Length - before.LastIndexOf((byte)'\n'));
        _position = position;
        return position;
    }
}
