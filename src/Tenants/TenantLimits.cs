using Microsoft.Extensions.Options;

namespace Wego.Tenants;

/// <summary>
/// Lets each tenant have so much of this replica, and no more. Tenants do not wait for each other here: what one has under way is all
/// that it can cost the others. Within a tenant callers take turns, and none may fill more than half of its queue, for anybody may name
/// any namespace.
/// </summary>
public sealed class TenantLimits(IOptions<TenantOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Tenant Tenant, TenantLimit Limit), Entry> _gates = [];

    /// <summary>How many tenants have something under way, for tests.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _gates.Count;
            }
        }
    }

    /// <summary>Waits until the tenant may have one more. Whoever disposes of the result makes way for the next.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="limit">Of what.</param>
    /// <param name="caller">The keyed hash of the caller.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TenantLimitException">It has too many.</exception>
    public async ValueTask<IDisposable> EnterAsync(Tenant tenant, TenantLimit limit, string caller, CancellationToken cancellationToken)
    {
        var (most, setting) = Most(tenant, limit);
        var entry = Take(tenant, limit, most);
        try
        {
            return await entry.Gate.EnterAsync(caller, cancellationToken) is { } lease
                ? new Held(this, (tenant, limit), lease)
                : throw new TenantLimitException(tenant, What(limit), most, setting);
        }
        catch
        {
            Return((tenant, limit));
            throw;
        }
    }

    private static string What(TenantLimit limit) => limit switch
    {
        TenantLimit.Requests => "reads",
        TenantLimit.Streams => "streams",
        _ => "changes",
    };

    private (int Most, string Setting) Most(Tenant tenant, TenantLimit limit)
    {
        var all = options.Value;
        return limit switch
        {
            TenantLimit.Requests => all.Find(tenant, nameof(all.MaxRequests), q => q.MaxRequests, all.MaxRequests),
            TenantLimit.Streams => all.Find(tenant, nameof(all.MaxStreams), q => q.MaxStreams, all.MaxStreams),
            _ => all.Find(tenant, nameof(all.MaxOperations), q => q.MaxOperations, all.MaxOperations),
        };
    }

    private Entry Take(Tenant tenant, TenantLimit limit, int most)
    {
        lock (_gate)
        {
            if (!_gates.TryGetValue((tenant, limit), out var entry))
            {
                _gates[(tenant, limit)] = entry = new Entry(Create(tenant, limit, most));
            }

            entry.Users++;
            return entry;
        }
    }

    private FairGate Create(Tenant tenant, TenantLimit limit, int most)
    {
        var running = limit == TenantLimit.Requests
            ? Math.Min(most, options.Value.Find(tenant, nameof(TenantOptions.RunningRequests), q => q.RunningRequests, options.Value.RunningRequests).Limit)
            : most;
        var waiting = most - running;
        // One who is alone has all of it anyway: half of a queue is never less than one.
        var waitingEach = tenant.Namespace.Length > 0 ? Math.Max(Math.Min(1, waiting), waiting / 2) : waiting;
        return new FairGate(running, running, waiting, waitingEach);
    }

    private void Return((Tenant Tenant, TenantLimit Limit) key)
    {
        lock (_gate)
        {
            if (--_gates[key].Users == 0)
            {
                _gates.Remove(key);
            }
        }
    }

    private sealed class Entry(FairGate gate)
    {
        public FairGate Gate => gate;

        public int Users { get; set; }
    }

    private sealed class Held(TenantLimits limits, (Tenant Tenant, TenantLimit Limit) key, IDisposable lease) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                lease.Dispose();
                limits.Return(key);
            }
        }
    }
}
