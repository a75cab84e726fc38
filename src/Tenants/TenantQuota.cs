namespace Wego.Tenants;

/// <summary>What one namespace may have, where it differs from the others.</summary>
public sealed class TenantQuota
{
    /// <inheritdoc cref="TenantOptions.RunningRequests"/>
    public int? RunningRequests { get; set; }

    /// <inheritdoc cref="TenantOptions.MaxRequests"/>
    public int? MaxRequests { get; set; }

    /// <inheritdoc cref="TenantOptions.MaxStreams"/>
    public int? MaxStreams { get; set; }

    /// <inheritdoc cref="TenantOptions.MaxOperations"/>
    public int? MaxOperations { get; set; }
}
