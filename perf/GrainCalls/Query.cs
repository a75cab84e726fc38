namespace Wego.Perf.GrainCalls;

/// <summary>What is asked for; immutable like all messages of Wego, so that no runtime copies it in one process.</summary>
[GenerateSerializer, Immutable, Alias("wego.perf.Query")]
public sealed record Query(string Text, int Limit);
