using System.Collections.Immutable;

namespace Wego.Plugins.Charts;

/// <summary>What a repository offered when it was read. Immutable.</summary>
/// <param name="Catalogue">The charts.</param>
/// <param name="Revision">Which state it was.</param>
/// <param name="Skipped">How many charts or versions were left out because they are broken.</param>
/// <param name="Problems">What was wrong with the first of them.</param>
public sealed record ChartSnapshot(Catalogue Catalogue, ChartRevision Revision, int Skipped, ImmutableArray<ChartIndexProblem> Problems);
