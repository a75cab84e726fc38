using System.Net;

namespace Wego.Plugins.Charts;

/// <summary>The hosts of <c>NO_PROXY</c>.</summary>
internal sealed class ProxyExceptions
{
    private readonly List<(string Host, int? Port, bool SubdomainsOnly)> _names = [];
    private readonly List<(IPNetwork Network, int? Port)> _networks = [];
    private bool _all;

    public static ProxyExceptions Parse(string text)
    {
        var exceptions = new ProxyExceptions();
        foreach (var entry in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            exceptions.Add(entry);
        }

        return exceptions;
    }

    public bool Cover(Uri destination)
    {
        var host = destination.IdnHost.Trim('[', ']');
        var address = IPAddress.TryParse(host, out var parsed) ? parsed : null;
        if (_all || destination.IsLoopback || (address is not null && IPAddress.IsLoopback(address)))
        {
            return true;
        }

        return address is not null
            ? _networks.Exists(n => (n.Port is null || n.Port == destination.Port) && n.Network.BaseAddress.AddressFamily == address.AddressFamily && n.Network.Contains(address))
            : _names.Exists(n => (n.Port is null || n.Port == destination.Port) && Covers(n.Host, n.SubdomainsOnly, host));
    }

    private static bool Covers(string name, bool subdomainsOnly, string host) =>
        (!subdomainsOnly && host.Equals(name, StringComparison.OrdinalIgnoreCase))
        || (host.Length > name.Length && host.EndsWith(name, StringComparison.OrdinalIgnoreCase) && host[host.Length - name.Length - 1] == '.');

    private void Add(string entry)
    {
        if (entry == "*")
        {
            _all = true;
            return;
        }

        if (IPNetwork.TryParse(entry, out var network))
        {
            _networks.Add((network, null));
            return;
        }

        var (host, port) = Split(entry);
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            _networks.Add((new IPNetwork(address, address.GetAddressBytes().Length * 8), port));
            return;
        }

        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host;
        if (name.TrimStart('.') is { Length: > 0 } bare)
        {
            _names.Add((bare, port, name.StartsWith('.')));
        }
    }

    private static (string Host, int? Port) Split(string entry)
    {
        var colon = entry.LastIndexOf(':');
        var isAddress = entry.IndexOf(':', StringComparison.Ordinal) != colon && !entry.Contains(']', StringComparison.Ordinal);
        return colon > 0 && !isAddress && int.TryParse(entry.AsSpan(colon + 1), out var port) ? (entry[..colon], port) : (entry, null);
    }
}
