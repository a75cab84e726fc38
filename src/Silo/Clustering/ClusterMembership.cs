namespace Wego.Silo;

/// <summary>How silos find each other.</summary>
internal enum ClusterMembership
{
    /// <summary>There is one, on this machine.</summary>
    Localhost,

    /// <summary>By an object of the cluster that Wego runs on.</summary>
    Kubernetes,
}
