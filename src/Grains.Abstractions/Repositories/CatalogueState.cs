
namespace Wego.Grains;

/// <summary>How current a catalogue is.</summary>
/// <param name="LoadedAt">When it was last found to be current, or null where none has been loaded.</param>
/// <param name="Packages">How many packages it has.</param>
/// <param name="Versions">How many versions.</param>
/// <param name="Error">Why the last refresh failed, or null.</param>
/// <param name="Warning">What was skipped in it, or null.</param>
/// <param name="StaleSince">Since when the repository's object can no longer be watched, or null.</param>
[GenerateSerializer, Immutable, Alias("wego.CatalogueState")]
public sealed record CatalogueState(DateTimeOffset? LoadedAt, int Packages, int Versions, string? Error, string? Warning, DateTimeOffset? StaleSince);
