using Wego.Plugins;

namespace Wego.Grains;

/// <summary>A repository in a directory.</summary>
/// <param name="Summary">As its object tells it.</param>
/// <param name="Catalogue">As its grain has last reported it, or null where no grain has.</param>
/// <param name="IsImplied">Whether packages name it though it has no object.</param>
[GenerateSerializer, Immutable, Alias("wego.RepositoryEntry")]
public sealed record RepositoryEntry(RepositorySummary Summary, CatalogueState? Catalogue, bool IsImplied = false);
