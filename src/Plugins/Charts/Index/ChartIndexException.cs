namespace Wego.Plugins.Charts;

/// <summary>A repository index is broken as a whole: not a document of its kind, or beyond a limit.</summary>
public sealed class ChartIndexException : ChartException
{
    internal ChartIndexException(ChartFailure failure, long line, long column, string reason, Exception? inner = null)
        : base(failure, line > 0 ? $"The repository index is broken at line {line}, column {column}: {reason}" : $"The repository index is broken: {reason}", inner) =>
        (Line, Column) = (line, column);

    /// <summary>The line, counted from 1, or 0 where it is not known.</summary>
    public long Line { get; }

    /// <summary>The column, counted from 1, or 0 where it is not known.</summary>
    public long Column { get; }
}
