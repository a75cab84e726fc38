using System.Collections.Immutable;

namespace Wego.Plugins.Charts;

/// <summary>Collects what was left out of a refresh. Safe for use by many threads.</summary>
internal sealed class OciProblems(int limit)
{
    private readonly Lock _gate = new();
    private readonly List<ChartIndexProblem> _first = [];

    public int Count { get; private set; }

    public ImmutableArray<ChartIndexProblem> First
    {
        get
        {
            lock (_gate)
            {
                return [.. _first.OrderBy(p => p.Chart, StringComparer.Ordinal)];
            }
        }
    }

    public void Add(string chart, string reason)
    {
        lock (_gate)
        {
            Count++;
            if (_first.Count < limit)
            {
                _first.Add(new ChartIndexProblem(chart, 0, reason));
            }
        }
    }
}
