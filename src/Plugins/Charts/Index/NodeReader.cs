namespace Wego.Plugins.Charts;

/// <summary>
/// Reads a YAML or JSON document part by part, without keeping it. A method that takes a value leaves the reader on the part
/// after that value.
/// </summary>
internal abstract class NodeReader(int maxDepth)
{
    private int _depth;
    private bool _ended;

    /// <summary>What the reader is on.</summary>
    public NodeKind Kind { get; private protected set; } = NodeKind.End;

    /// <summary>The text of a scalar; empty where it is null.</summary>
    public string Text { get; private protected set; } = "";

    /// <summary>The line of the part, from 1; 0 where it is not known.</summary>
    public abstract long Line { get; }

    /// <summary>The column of the part, from 1; 0 where it is not known.</summary>
    public abstract long Column { get; }

    /// <summary>Goes on to the next part.</summary>
    /// <exception cref="ChartIndexException">The document is no YAML or JSON, or nested too deeply.</exception>
    public void Read()
    {
        if (_ended)
        {
            // A damaged document may end in the middle of a value; whoever reads on would read the end for ever.
            throw Fail(ChartFailure.MalformedIndex, "it ends in the middle of a value.");
        }

        Kind = ReadNext();
        _ended = Kind == NodeKind.End;
        if (Kind is NodeKind.MappingStart or NodeKind.SequenceStart)
        {
            if (++_depth > maxDepth)
            {
                throw Fail(ChartFailure.TooLarge, $"values are nested deeper than {maxDepth} levels.");
            }
        }
        else if (Kind is NodeKind.MappingEnd or NodeKind.SequenceEnd)
        {
            _depth--;
        }
    }

    /// <summary>Passes over one value.</summary>
    public void Skip()
    {
        var open = 0;
        do
        {
            open += Kind switch
            {
                NodeKind.MappingStart or NodeKind.SequenceStart => 1,
                NodeKind.MappingEnd or NodeKind.SequenceEnd => -1,
                _ => 0,
            };
            Read();
        }
        while (open > 0);
    }

    /// <summary>Takes a scalar; passes over anything else.</summary>
    public bool TryTakeText(out string text)
    {
        text = Text;
        if (Kind != NodeKind.Scalar)
        {
            Skip();
            text = "";
            return false;
        }

        Read();
        return true;
    }

    /// <summary>An error at the present part.</summary>
    public ChartIndexException Fail(ChartFailure failure, string reason) => new(failure, Line, Column, reason);

    private protected abstract NodeKind ReadNext();
}
