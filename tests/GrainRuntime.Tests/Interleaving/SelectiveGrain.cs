using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace Wego.GrainRuntime.Tests.Interleaving;

[MayInterleave(nameof(IsHarmless))]
public sealed class SelectiveGrain(Probe probe) : InterleavingGrainBase(probe), ISelectiveGrain
{
    public static bool IsHarmless(IInvokable request) =>
        request.GetMethodName() == nameof(PlainAsync) && request.GetArgument(0) is "harmless";
}
