namespace Wego.Plugins.Charts;

/// <summary>What is known of a version without reading it.</summary>
/// <param name="AppVersion">The version of what it installs, or empty.</param>
/// <param name="Created">When it was published, or null.</param>
internal sealed record OciTagFacts(string AppVersion, DateTimeOffset? Created);
