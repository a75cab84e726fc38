namespace Wego.Plugins;

/// <summary>The outcome of a refresh.</summary>
/// <param name="Catalogue">The new catalogue, or null where the previous one is still current.</param>
/// <param name="Validators">What the next conditional request sends.</param>
/// <param name="Warning">What was skipped in a catalogue that is otherwise good, or null.</param>
public sealed record CatalogueRefresh(Catalogue? Catalogue, CatalogueValidators Validators, string? Warning);
