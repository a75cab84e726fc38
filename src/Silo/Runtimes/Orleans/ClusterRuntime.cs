using System.Net;
using Orleans.Configuration;
using Orleans.Hosting;
using Wego.Clustering;

namespace Wego.Silo;

/// <summary>Orleans, for as many processes as there are.</summary>
internal static class ClusterRuntime
{
    // Rows of silos that are long gone are of no use; pods get new addresses with every start.
    private static readonly TimeSpan s_defunctAfter = TimeSpan.FromDays(1);

    public static IReadOnlyList<string> Check(SiloClusterOptions options, WegoRoles roles, bool isProduction) => SiloClusterOptionsValidator.Check(options, isProduction);

    public static void Add(WebApplicationBuilder builder, SiloClusterOptions options, WegoRoles roles)
    {
        if (roles.HasFlag(WegoRoles.Silo))
        {
            builder.UseOrleans(silo => Configure(silo, options));
        }
        else
        {
            builder.UseOrleansClient(client => Configure(client, options));
        }
    }

    private static void Configure(ISiloBuilder silo, SiloClusterOptions options)
    {
        silo.AddActivityPropagation();
        silo.AddOutgoingGrainCallFilter<ReadRetryFilter>();
        silo.Configure<ClusterMembershipOptions>(o => o.DefunctSiloExpiration = s_defunctAfter);
        if (options.SiloName.Length > 0)
        {
            silo.Configure<SiloOptions>(o => o.SiloName = options.SiloName);
        }

        SiloTls.Add(silo, options.Tls);
        if (options.Membership == ClusterMembership.Localhost)
        {
            silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, serviceId: options.ServiceId, clusterId: options.ClusterId);
            return;
        }

        var address = IPAddress.Parse(options.AdvertisedAddress);
        var listen = SiloClusterOptions.ListenAddress(address);
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.ClusterId, options.ServiceId));
        silo.Configure<EndpointOptions>(o =>
        {
            (o.AdvertisedIPAddress, o.SiloPort, o.GatewayPort) = (address, options.SiloPort, options.GatewayPort);
            o.SiloListeningEndpoint = new IPEndPoint(listen, options.SiloPort);
            o.GatewayListeningEndpoint = new IPEndPoint(listen, options.GatewayPort);
        });
        silo.UseKubernetesClustering(Table(options));
    }

    private static void Configure(IClientBuilder client, SiloClusterOptions options)
    {
        client.AddActivityPropagation();
        client.AddOutgoingGrainCallFilter<ReadRetryFilter>();
        SiloTls.Add(client, options.Tls);
        if (options.Membership == ClusterMembership.Localhost)
        {
            client.UseLocalhostClustering(options.GatewayPort, options.ServiceId, options.ClusterId);
            return;
        }

        client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.ClusterId, options.ServiceId));
        client.UseKubernetesClustering(Table(options));
    }

    private static Action<SiloTableOptions> Table(SiloClusterOptions options) => table =>
        (table.Namespace, table.Name, table.Kind) = (options.Namespace, options.ClusterId, options.Store);
}
