using System.Net;
using System.Text.RegularExpressions;

namespace Wego.Silo;

/// <summary>Checks the settings of a clustered process; each message names the key and the remedy.</summary>
internal static partial class SiloClusterOptionsValidator
{
    private const int LongestName = 63;

    /// <param name="options">The settings.</param>
    /// <param name="isProduction">Whether the host's environment is Production.</param>
    public static IReadOnlyList<string> Check(SiloClusterOptions options, bool isProduction)
    {
        var wrong = new List<string>();
        if (options.ClusterId.Length > LongestName || !DnsLabel.IsMatch(options.ClusterId))
        {
            wrong.Add($"{Key(nameof(options.ClusterId))} is '{options.ClusterId}'; it names an object of Kubernetes and so must be of a-z, 0-9 and '-', at most {LongestName}, for example wego.");
        }

        if (options.ServiceId.Length == 0)
        {
            wrong.Add($"{Key(nameof(options.ServiceId))} is empty; name the service, for example wego.");
        }

        Port(nameof(options.SiloPort), options.SiloPort);
        Port(nameof(options.GatewayPort), options.GatewayPort);
        if (options.SiloPort == options.GatewayPort)
        {
            wrong.Add($"{Key(nameof(options.SiloPort))} and {Key(nameof(options.GatewayPort))} are both {options.SiloPort}; they must differ.");
        }

        if (!options.Tls.IsComplete)
        {
            wrong.Add($"{Key("Tls")}: {nameof(options.Tls.Certificate)}, {nameof(options.Tls.Key)} and {nameof(options.Tls.Authority)} go together; give all three, or none for no TLS.");
        }

        CheckTls();
        if (options.Membership == ClusterMembership.Kubernetes)
        {
            CheckKubernetes();
        }
        else if (isProduction)
        {
            wrong.Add(
                $"{Key(nameof(options.Membership))} is {ClusterMembership.Localhost}, with which every process is a cluster of its own, and the environment is Production: "
                + $"set it to {ClusterMembership.Kubernetes}, or DOTNET_ENVIRONMENT to Development to try something out.");
        }

        return wrong;

        void CheckTls()
        {
            var missing = new[] { ("Tls:Certificate", options.Tls.Certificate), ("Tls:Key", options.Tls.Key), ("Tls:Authority", options.Tls.Authority) }
                .Where(f => f.Item2.Length > 0 && !File.Exists(f.Item2))
                .Select(f => $"{Key(f.Item1)} is {f.Item2}, which does not exist; mount the file or correct the path.")
                .ToArray();
            wrong.AddRange(missing);
            if (options.Tls.ReloadInterval < TimeSpan.FromMilliseconds(1) || options.Tls.ReloadInterval > TimeSpan.FromDays(1))
            {
                wrong.Add($"{Key("Tls:ReloadInterval")} is {options.Tls.ReloadInterval}; it must be from 00:00:00.001 to 1.00:00:00, for example 00:00:30.");
            }

            if (options.Tls is { IsOn: true, IsComplete: true } && missing.Length == 0)
            {
                try
                {
                    SiloCertificateSet.Read(options.Tls);
                }
                catch (InvalidDataException e)
                {
                    wrong.Add(e.Message);
                }
            }
        }

        void CheckKubernetes()
        {
            if (options.Namespace.Length == 0)
            {
                wrong.Add($"{Key(nameof(options.Namespace))} is empty; set it, or POD_NAMESPACE, to the namespace that Wego runs in.");
            }

            if (!IPAddress.TryParse(options.AdvertisedAddress, out var address))
            {
                wrong.Add($"{Key(nameof(options.AdvertisedAddress))} is '{options.AdvertisedAddress}'; set it, or POD_IP, to the IP address of this process (a pod's own, not that of a Service).");
            }
            else if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            {
                wrong.Add($"{Key(nameof(options.AdvertisedAddress))} is {address}, at which nobody can be reached; set it, or POD_IP, to the pod's own address.");
            }
        }

        void Port(string name, int port)
        {
            if (port is < 1 or > IPEndPoint.MaxPort)
            {
                wrong.Add($"{Key(name)} is {port}; it must be from 1 to {IPEndPoint.MaxPort}.");
            }
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DnsLabel { get; }

    private static string Key(string property) => $"{SiloClusterOptions.Section}:{property}";
}
