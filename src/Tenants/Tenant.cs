namespace Wego.Tenants;

/// <summary>Whose a request or an operation is: a namespace of a cluster, or one caller where it is about all namespaces.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Namespace">The namespace; empty where <paramref name="Caller"/> tells.</param>
/// <param name="Caller">The keyed hash of the caller; empty where <paramref name="Namespace"/> tells.</param>
public sealed record Tenant(string Cluster, string Namespace, string Caller = "")
{
    /// <summary>For people; it tells no caller apart.</summary>
    public override string ToString() => Namespace.Length > 0 ? $"namespace '{Namespace}' of cluster '{Cluster}'" : $"one caller on all namespaces of cluster '{Cluster}'";
}
