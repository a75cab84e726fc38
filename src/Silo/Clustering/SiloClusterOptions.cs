using System.Net;
using Wego.Clustering;

namespace Wego.Silo;

/// <summary>The section <c>Wego:Cluster</c>: how the processes of Wego find and reach each other. Means nothing in one process.</summary>
internal sealed class SiloClusterOptions
{
    public const string Section = "Wego:Cluster";

    public const string RolesKey = "Wego:Roles";

    /// <summary>How silos find each other; in a pod that knows its address through Kubernetes, else on this machine.</summary>
    public ClusterMembership Membership { get; set; }

    /// <summary>The name of the cluster, and of the object that holds its members. Processes of one cluster have the same.</summary>
    public string ClusterId { get; set; } = "wego";

    /// <summary>The name of the service, which outlives clusters.</summary>
    public string ServiceId { get; set; } = "wego";

    /// <summary>The kind of the object that holds the members.</summary>
    public SiloTableKind Store { get; set; }

    /// <summary>Its namespace; $POD_NAMESPACE by default.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>The IP address at which other processes reach this one; $POD_IP by default.</summary>
    public string AdvertisedAddress { get; set; } = "";

    /// <summary>The port for silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>The port for frontends that are no silos.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>What this silo is called; $POD_NAME by default.</summary>
    public string SiloName { get; set; } = "";

    /// <summary>TLS between the processes; off unless a certificate is given.</summary>
    public SiloTlsOptions Tls { get; set; } = new();

    /// <summary>What the environment says where the settings do not.</summary>
    public static SiloClusterOptions From(Func<string, string?> environment)
    {
        var address = environment("POD_IP") ?? "";
        return new SiloClusterOptions
        {
            Membership = address.Length > 0 ? ClusterMembership.Kubernetes : ClusterMembership.Localhost,
            AdvertisedAddress = address,
            SiloName = environment("POD_NAME") ?? "",
            Namespace = environment("POD_NAMESPACE") ?? "",
        };
    }

    /// <summary>The address to listen at: every one of the pod, but loopback alone where that is advertised.</summary>
    public static IPAddress ListenAddress(IPAddress advertised) =>
        IPAddress.IsLoopback(advertised) ? advertised : advertised.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
}
