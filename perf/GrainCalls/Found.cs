namespace Wego.Perf.GrainCalls;

/// <summary>What is answered.</summary>
[GenerateSerializer, Immutable, Alias("wego.perf.Found")]
public sealed record Found(string Text, int Count);
