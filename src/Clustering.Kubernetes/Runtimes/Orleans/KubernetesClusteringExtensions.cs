using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Messaging;

namespace Wego.Clustering;

/// <summary>Has silos and clients of a cluster find each other in Kubernetes.</summary>
public static class KubernetesClusteringExtensions
{
    /// <summary>Keeps the cluster's members in an object of Kubernetes. The service <see cref="Kubernetes.IKubernetesClients"/> must be there.</summary>
    public static ISiloBuilder UseKubernetesClustering(this ISiloBuilder builder, Action<SiloTableOptions> configure)
    {
        AddTable(builder.Services, configure).AddSingleton<IMembershipTable, KubernetesMembershipTable>();
        return builder;
    }

    /// <summary>Finds the cluster by the object that its silos keep.</summary>
    public static IClientBuilder UseKubernetesClustering(this IClientBuilder builder, Action<SiloTableOptions> configure)
    {
        AddTable(builder.Services, configure).AddSingleton<IGatewayListProvider, KubernetesGatewayListProvider>();
        return builder;
    }

    private static IServiceCollection AddTable(IServiceCollection services, Action<SiloTableOptions> configure)
    {
        services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SiloTableStore>();
        return services;
    }
}
