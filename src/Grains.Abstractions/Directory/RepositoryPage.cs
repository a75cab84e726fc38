using System.Collections.Immutable;

namespace Wego.Grains;

/// <summary>Repositories of a directory.</summary>
/// <param name="Repositories">By name, then namespace.</param>
/// <param name="StaleSince">Since when the index can no longer be kept current, or null.</param>
[GenerateSerializer, Immutable, Alias("wego.RepositoryPage")]
public sealed record RepositoryPage(ImmutableArray<RepositoryEntry> Repositories, DateTimeOffset? StaleSince);
