namespace Wego.Perf.Rpc;

/// <summary>What a round of load measured.</summary>
/// <param name="CallsPerSecond">Answers, which a busy machine makes fewer.</param>
/// <param name="Processor">Microseconds of processor time per call, server and load together, which a busy machine hardly changes.</param>
internal readonly record struct Rate(double CallsPerSecond, double Processor);
