namespace Wego.Clustering;

/// <summary>A vote that a silo is dead.</summary>
/// <param name="By">Who suspects it.</param>
/// <param name="At">Since when; votes expire.</param>
public sealed record SiloSuspicion(SiloKey By, DateTimeOffset At);
