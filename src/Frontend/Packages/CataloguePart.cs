using System.Collections.Immutable;
using Wego.Grains;

namespace Wego.Frontend;

/// <summary>What one plugin contributes to a catalogue page.</summary>
/// <param name="Packages">Its packages, in order, no more than the page holds.</param>
/// <param name="HasMore">Whether it has more after the last one.</param>
/// <param name="Categories">All categories of the repositories asked.</param>
/// <param name="StaleSince">Since when the oldest part could not be kept current, or null.</param>
/// <param name="Missing">Repositories that could not answer, as <c>NAMESPACE/NAME=CODE</c>.</param>
internal sealed record CataloguePart(
    ImmutableArray<AvailablePackageSummary> Packages,
    bool HasMore,
    ImmutableArray<string> Categories,
    DateTimeOffset? StaleSince,
    ImmutableArray<string> Missing);
