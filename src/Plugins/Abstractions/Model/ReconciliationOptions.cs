namespace Wego.Plugins;

/// <summary>How a controller keeps an installed package as asked for.</summary>
/// <param name="Interval">A duration as Go writes it, for example <c>10m</c>; empty for the default.</param>
/// <param name="Suspend">Whether reconciliation is suspended.</param>
/// <param name="ServiceAccountName">As whom the controller acts, or empty.</param>
[GenerateSerializer, Immutable, Alias("wego.ReconciliationOptions")]
public sealed record ReconciliationOptions(string Interval, bool Suspend, string ServiceAccountName);
