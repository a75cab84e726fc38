namespace Wego.GrainRuntime.Tests.Lifecycle;

public interface IShortLivedGrain : ILifecycleMethods;
