namespace Wego.GrainRuntime.Tests.Hosting;

public sealed class RightAmbiguousGrain : Grain, IAmbiguousGrain
{
    public Task<string> WhoAsync() => Task.FromResult("Right");
}
