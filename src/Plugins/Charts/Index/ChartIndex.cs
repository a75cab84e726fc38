using System.Collections.Immutable;

namespace Wego.Plugins.Charts;

/// <summary>What was read from a repository index.</summary>
public sealed record ChartIndex
{
    /// <summary>The catalogue: charts with at least one good entry whose newest version is not deprecated.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>How many charts the index lists.</summary>
    public required int ChartsRead { get; init; }

    /// <summary>How many entries the index has, good and broken.</summary>
    public required int EntriesRead { get; init; }

    /// <summary>How many charts were left out because their newest version is deprecated.</summary>
    public required int DeprecatedCharts { get; init; }

    /// <summary>How many entries were skipped because they are broken.</summary>
    public required int SkippedEntries { get; init; }

    /// <summary>What was wrong with the first of the broken entries.</summary>
    public required ImmutableArray<ChartIndexProblem> Problems { get; init; }
}
