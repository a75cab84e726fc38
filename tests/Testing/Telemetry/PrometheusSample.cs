namespace Wego.Testing;

/// <summary>A line of a scrape.</summary>
public sealed record PrometheusSample(string Name, IDictionary<string, string> Labels, double Value);
