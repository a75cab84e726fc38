using System.Globalization;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>The host of a registry, with its port where it is not the usual one; Docker Hub has one name only.</summary>
internal static class RegistryHost
{
    private const string DockerHub = "docker.io";

    /// <summary>Reads <c>HOST</c> or <c>HOST:PORT</c>: nothing that an address could smuggle something in with.</summary>
    public static bool TryParse(string text, out string host)
    {
        host = "";
        var colon = text.LastIndexOf(':');
        var bracket = text.LastIndexOf(']');
        var (name, port) = colon > bracket ? (text[..colon], text[(colon + 1)..]) : (text, null);
        if (Uri.CheckHostName(name) == UriHostNameType.Unknown || name.Contains('%', StringComparison.Ordinal)
            || (port is not null && (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)))
        {
            return false;
        }

        host = Normalize(port is null or "443" ? name : $"{name}:{port}");
        return true;
    }

    /// <summary>The host of an address; empty where it is none.</summary>
    public static string Of(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && TryParse(uri.IsDefaultPort || uri.Port < 0 ? uri.Host : uri.Authority, out var host) ? host : "";

    private static string Normalize(string host)
    {
        var lower = host.ToLowerInvariant();
        return OciRegistry.IsDockerHub(lower) ? DockerHub : lower;
    }
}
