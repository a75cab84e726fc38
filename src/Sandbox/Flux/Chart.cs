namespace Wego.Sandbox.Flux;

/// <summary>A chart's files, by path within the chart.</summary>
internal sealed record Chart(string Name, string Version, string AppVersion, IReadOnlyDictionary<string, string> Files);
