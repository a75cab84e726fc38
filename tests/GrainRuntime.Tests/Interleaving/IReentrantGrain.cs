namespace Wego.GrainRuntime.Tests.Interleaving;

public interface IReentrantGrain : IInterleavingMethods;
