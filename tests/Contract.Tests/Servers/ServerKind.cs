namespace Wego.Contract.Tests.Servers;

/// <summary>The servers that must behave alike.</summary>
public enum ServerKind
{
    /// <summary>Wego's embedded Kubernetes API.</summary>
    Sandbox,

    /// <summary>A real kube-apiserver, or the cluster of a kubeconfig.</summary>
    KubeApiServer,
}
