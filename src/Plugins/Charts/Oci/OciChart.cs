using System.Collections.Immutable;

namespace Wego.Plugins.Charts;

/// <summary>A repository of a registry that may be a chart.</summary>
/// <param name="Name">Its name below the root.</param>
/// <param name="Reference">Where it is.</param>
/// <param name="Tags">Its tags that are versions, newest first.</param>
internal sealed record OciChart(string Name, OciReference Reference, ImmutableArray<string> Tags)
{
    /// <summary>What an index says of its versions.</summary>
    public ImmutableDictionary<string, OciTagFacts> Facts { get; init; } = ImmutableDictionary<string, OciTagFacts>.Empty;
}
