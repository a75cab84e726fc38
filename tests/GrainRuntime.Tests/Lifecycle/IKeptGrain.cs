namespace Wego.GrainRuntime.Tests.Lifecycle;

public interface IKeptGrain : ILifecycleMethods;
