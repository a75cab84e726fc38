namespace Wego.GrainRuntime.Tests.Interleaving;

public sealed class InterleavingGrain(Probe probe) : InterleavingGrainBase(probe), IInterleavingGrain;
