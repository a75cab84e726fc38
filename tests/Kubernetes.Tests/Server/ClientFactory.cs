namespace Wego.Kubernetes.Tests;

/// <summary>Clients of a scripted server.</summary>
public static class ClientFactory
{
    public static readonly GroupVersionResource ConfigMaps = new("", "v1", "configmaps");

    public static KubernetesClient Create(ScriptedServer server, TestLog log, TimeProvider? time = null, UserConfiguration? user = null, KubernetesClientOptions? options = null) =>
        Create(new ClusterConfiguration(server.Address) { User = user ?? new UserConfiguration() }, log, time, options);

    public static KubernetesClient Create(ClusterConfiguration configuration, TestLog log, TimeProvider? time = null, KubernetesClientOptions? options = null) =>
        new(configuration, options ?? new KubernetesClientOptions(), time ?? TimeProvider.System, log);
}
