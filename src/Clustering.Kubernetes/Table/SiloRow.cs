using System.Collections.Immutable;

namespace Wego.Clustering;

/// <summary>What the members of a cluster know of one silo.</summary>
public sealed record SiloRow
{
    /// <summary>Which silo.</summary>
    public required SiloKey Key { get; init; }

    /// <summary>How far it is.</summary>
    public required SiloState State { get; init; }

    /// <summary>Its name; in Kubernetes, that of the pod.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its host, or empty.</summary>
    public string HostName { get; init; } = "";

    /// <summary>The port for clients of the cluster, or 0 where it takes none.</summary>
    public int GatewayPort { get; init; }

    /// <summary>When it started, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last said that it lives, in UTC.</summary>
    public required DateTimeOffset AliveAt { get; init; }

    /// <summary>Who suspects it to be dead.</summary>
    public ImmutableArray<SiloSuspicion> Suspicions { get; init; } = [];

    /// <summary>Whether it is no member and has not been heard of since <paramref name="time"/>.</summary>
    public bool IsDefunctSince(DateTimeOffset time) => State != SiloState.Active && StartedAt < time && AliveAt < time;
}
