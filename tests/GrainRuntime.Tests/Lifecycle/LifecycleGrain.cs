namespace Wego.GrainRuntime.Tests.Lifecycle;

public sealed class LifecycleGrain(Probe probe, ActivationCounter counter) : LifecycleGrainBase(probe, counter), ILifecycleGrain;
