using Orleans.Concurrency;

namespace Wego.Perf.GrainCalls;

/// <summary>Methods like those of Wego's grains: they interleave, and take a message and a token.</summary>
[Alias("wego.perf.ICatalogueGrain")]
public interface ICatalogueGrain : IGrainWithStringKey
{
    [AlwaysInterleave, Alias("Count")]
    Task<int> CountAsync(CancellationToken cancellationToken);

    [AlwaysInterleave, Alias("Find")]
    Task<Found> FindAsync(Query query, CancellationToken cancellationToken);
}
