namespace Wego.GrainRuntime.Tests.Lifecycle;

[CollectionAgeLimit(Minutes = 2)]
public sealed class ShortLivedGrain(Probe probe, ActivationCounter counter) : LifecycleGrainBase(probe, counter), IShortLivedGrain;
