using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Wego.Lifecycle.Tests;

/// <summary>The parts of a replica's end, on a clock that the test moves.</summary>
internal sealed class Scenario : IDisposable
{
    public Scenario(params IReadinessCheck[] checks)
    {
        Drain = new Drain(Options, Clock, new Logger<Drain>(Log));
        Readiness = new Readiness(checks, Drain);
        OperationsDrain = new OperationsDrain(Operations, Options, Clock, new Logger<OperationsDrain>(Log));
    }

    public FakeTimeProvider Clock { get; } = new();

    public TestLog Log { get; } = new();

    public IOptions<LifecycleOptions> Options { get; } = Microsoft.Extensions.Options.Options.Create(new LifecycleOptions());

    public FakeLifetime Lifetime { get; } = new();

    public Drain Drain { get; }

    public Readiness Readiness { get; }

    public OperationsInFlight Operations { get; } = new();

    public OperationsDrain OperationsDrain { get; }

    public void Dispose()
    {
        Drain.Dispose();
        OperationsDrain.Dispose();
        Operations.Dispose();
        Lifetime.Dispose();
        Log.Dispose();
    }
}
