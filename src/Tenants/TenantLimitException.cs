namespace Wego.Tenants;

/// <summary>A tenant has as much under way as it may.</summary>
/// <param name="tenant">The tenant.</param>
/// <param name="what">What there is too much of, for example <c>streams</c>.</param>
/// <param name="limit">How much it may have.</param>
/// <param name="setting">The setting that says so.</param>
public sealed class TenantLimitException(Tenant tenant, string what, int limit, string setting)
    : Exception($"Too much at a time for {tenant}: it may have {limit} {what} under way in one replica of Wego ({setting}). Try again when some have ended.")
{
    /// <summary>The setting that says so.</summary>
    public string Setting => setting;

    /// <summary>The tenant, for programs: <c>namespaces/CLUSTER/NAMESPACE</c>, or <c>callers/CLUSTER</c>.</summary>
    public string Subject => tenant.Namespace.Length > 0 ? $"namespaces/{tenant.Cluster}/{tenant.Namespace}" : $"callers/{tenant.Cluster}";
}
