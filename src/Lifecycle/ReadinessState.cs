namespace Wego.Lifecycle;

/// <summary>The answer of one check.</summary>
/// <param name="Name">The check.</param>
/// <param name="Reason">Why it fails, or null.</param>
public sealed record ReadinessState(string Name, string? Reason);
