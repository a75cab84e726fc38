namespace Wego.Perf.GrainCalls;

/// <summary>Does next to nothing, so that the call itself is what is measured.</summary>
public sealed class CatalogueGrain : Grain, ICatalogueGrain
{
    private int _count;

    public Task<int> CountAsync(CancellationToken cancellationToken) => Task.FromResult(++_count);

    public Task<Found> FindAsync(Query query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Task.FromResult(new Found(query.Text, ++_count));
    }
}
