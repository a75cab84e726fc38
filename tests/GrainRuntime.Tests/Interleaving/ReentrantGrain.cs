using Orleans.Concurrency;

namespace Wego.GrainRuntime.Tests.Interleaving;

[Reentrant]
public sealed class ReentrantGrain(Probe probe) : InterleavingGrainBase(probe), IReentrantGrain;
