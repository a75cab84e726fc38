namespace Wego.GrainRuntime;

/// <summary>Items that crossed to the consumer in one step.</summary>
/// <param name="Items">The items, in order.</param>
/// <param name="IsLast">Whether the producer has ended.</param>
internal readonly record struct StreamBatch<T>(IReadOnlyList<T> Items, bool IsLast);
