using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Wego.GrainRuntime;

/// <summary>The runtime of one host: what its parts share.</summary>
internal sealed class Silo : IDisposable
{
    private readonly ITimer _collector;

    public Silo(
        IServiceProvider services,
        TimeProvider clock,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        Instruments instruments,
        ILogger<Silo> logger)
    {
        Services = services;
        Clock = clock;
        Collection = collection.Value;
        ResponseTimeout = messaging.Value.ResponseTimeout;
        CancelOnTimeout = messaging.Value.CancelRequestOnTimeout;
        Instruments = instruments;
        Logger = logger;
        Classes = new GrainClassMap(GrainClassFinder.Find(), Collection);
        Catalog = new Catalog(this);
        PendingCalls = new PendingCalls(clock, ResponseTimeout);
        instruments.Observe(() => Catalog.Count);
        using (ExecutionContext.SuppressFlow())
        {
            _collector = clock.CreateTimer(static state => ((Silo)state!).Catalog.CollectIdle(), this, Collection.CollectionQuantum, Collection.CollectionQuantum);
        }
    }

    public IServiceProvider Services { get; }

    public TimeProvider Clock { get; }

    public GrainCollectionOptions Collection { get; }

    public TimeSpan ResponseTimeout { get; }

    public bool CancelOnTimeout { get; }

    public Instruments Instruments { get; }

    public ILogger Logger { get; }

    public GrainClassMap Classes { get; }

    public Catalog Catalog { get; }

    public PendingCalls PendingCalls { get; }

    public void Dispose()
    {
        _collector.Dispose();
        PendingCalls.Dispose();
    }
}
