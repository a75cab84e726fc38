namespace Wego.Tenants;

/// <summary>What each tenant may have of one replica. Section <c>Wego:Tenants</c>.</summary>
public sealed class TenantOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Wego:Tenants";

    /// <summary>How many reads of one tenant are answered at a time; more wait their turn.</summary>
    public int RunningRequests { get; set; } = 8;

    /// <summary>How many reads of one tenant may be answered and wait; more are refused.</summary>
    public int MaxRequests { get; set; } = 200;

    /// <summary>How many streams of one tenant may be open; more are refused.</summary>
    public int MaxStreams { get; set; } = 200;

    /// <summary>How many changes of one tenant may be under way and wait; more are refused.</summary>
    public int MaxOperations { get; set; } = 20;

    /// <summary>How many long operations, such as Helm's, run in one process; a tenant has at most half of them, and tenants take turns.</summary>
    public int ConcurrentOperations { get; set; } = 8;

    /// <summary>How many catalogues are fetched at a time in one process; a tenant has at most half of them, and tenants take turns.</summary>
    public int ConcurrentRefreshes { get; set; } = 8;

    /// <summary>What differs for single namespaces, by <c>NAMESPACE</c> or <c>CLUSTER/NAMESPACE</c>; the latter comes first.</summary>
    public Dictionary<string, TenantQuota> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>One of the limits of a tenant, and the key of the setting that it comes from.</summary>
    internal (int Limit, string Setting) Find(Tenant tenant, string name, Func<TenantQuota, int?> ofQuota, int ofAll)
    {
        foreach (var key in (string[])[$"{tenant.Cluster}/{tenant.Namespace}", tenant.Namespace])
        {
            if (tenant.Namespace.Length > 0 && Namespaces.TryGetValue(key, out var quota) && ofQuota(quota) is { } limit)
            {
                return (limit, $"{Section}:{nameof(Namespaces)}:{key}:{name}");
            }
        }

        return (ofAll, $"{Section}:{name}");
    }
}
