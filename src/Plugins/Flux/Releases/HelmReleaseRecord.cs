namespace Wego.Plugins.Flux;

/// <summary>What Helm keeps of one revision of a release.</summary>
/// <param name="ChartVersion">The chart's version, or empty.</param>
/// <param name="AppVersion">The chart's app version, or empty.</param>
/// <param name="Notes">The rendered notes, or empty.</param>
/// <param name="Manifest">The rendered objects as YAML documents, hooks excluded.</param>
internal sealed record HelmReleaseRecord(string ChartVersion, string AppVersion, string Notes, string Manifest);
