using System.Net;

namespace Wego.EndToEnd.Silos;

/// <summary>Where a process runs.</summary>
/// <param name="Address">Where it serves clients.</param>
/// <param name="SiloAddress">Where other silos reach it.</param>
/// <param name="Command">What gets a program there: the words before its own.</param>
/// <param name="ApiServer">Where it reaches the API server, if not at its own address.</param>
internal sealed record SiloPlace(IPAddress Address, IPAddress SiloAddress, string[] Command, Uri? ApiServer)
{
    public static SiloPlace Loopback { get; } = new(IPAddress.Loopback, IPAddress.Loopback, [], null);
}
