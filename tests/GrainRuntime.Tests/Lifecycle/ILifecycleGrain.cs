namespace Wego.GrainRuntime.Tests.Lifecycle;

public interface ILifecycleGrain : ILifecycleMethods;
