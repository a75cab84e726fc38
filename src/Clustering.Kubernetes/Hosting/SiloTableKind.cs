namespace Wego.Clustering;

/// <summary>The kind of the object that holds a cluster's members.</summary>
public enum SiloTableKind
{
    /// <summary>A custom resource of <c>wego.dev/v1</c>, whose definition is in <c>deploy/crds</c>.</summary>
    SiloCluster,

    /// <summary>A ConfigMap, where custom resource definitions are unwelcome. Whoever may write ConfigMaps in its namespace can disturb the cluster.</summary>
    ConfigMap,
}
