using System.Net;

namespace Wego.Clustering;

/// <summary>Which silo: an address and the start that is meant of those that it has seen.</summary>
/// <param name="Address">The address that other silos connect to.</param>
/// <param name="Port">The port for other silos.</param>
/// <param name="Generation">Grows with every start of a silo at this address.</param>
public sealed record SiloKey(IPAddress Address, int Port, int Generation)
{
    /// <inheritdoc/>
    public override string ToString() => $"{new IPEndPoint(Address, Port)}@{Generation}";
}
