namespace Wego.Tenants;

/// <summary>What of a tenant is limited.</summary>
public enum TenantLimit
{
    /// <summary>Reads.</summary>
    Requests,

    /// <summary>Streams.</summary>
    Streams,

    /// <summary>Changes.</summary>
    Operations,
}
