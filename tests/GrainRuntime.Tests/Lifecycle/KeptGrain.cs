namespace Wego.GrainRuntime.Tests.Lifecycle;

[KeepAlive]
public sealed class KeptGrain(Probe probe, ActivationCounter counter) : LifecycleGrainBase(probe, counter), IKeptGrain;
