namespace Wego.GrainRuntime.Tests.Interleaving;

public interface IInterleavingGrain : IInterleavingMethods;
