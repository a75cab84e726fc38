namespace Wego.GrainRuntime.Tests.Interleaving;

public interface ISelectiveGrain : IInterleavingMethods;
