namespace Wego.GrainRuntime.Tests.Hosting;

public sealed class LeftAmbiguousGrain : Grain, IAmbiguousGrain
{
    public Task<string> WhoAsync() => Task.FromResult("Left");
}
