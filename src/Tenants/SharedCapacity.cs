using Microsoft.Extensions.Options;

namespace Wego.Tenants;

/// <summary>What all tenants of a process share and is dear. Each has at most half of it, and who waits takes turns with the others.</summary>
public sealed class SharedCapacity(IOptions<TenantOptions> options)
{
    /// <summary>Long operations, each a program of its own.</summary>
    public FairGate Operations { get; } = Half(options.Value.ConcurrentOperations);

    /// <summary>Catalogues that are fetched.</summary>
    public FairGate Refreshes { get; } = Half(options.Value.ConcurrentRefreshes);

    private static FairGate Half(int total) => new(total, Math.Max(1, total / 2));
}
