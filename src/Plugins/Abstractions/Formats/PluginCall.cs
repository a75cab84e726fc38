using Wego.Kubernetes;

namespace Wego.Plugins;

/// <summary>The cluster a plugin works on, and as whom.</summary>
/// <param name="Client">The cluster.</param>
/// <param name="Identity">The caller for everything done on a user's behalf; the service for refreshing.</param>
public sealed record PluginCall(IKubernetesClient Client, KubernetesIdentity Identity);
