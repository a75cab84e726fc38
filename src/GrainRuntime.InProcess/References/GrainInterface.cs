using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>An interface that references offer, with the methods its proxy numbers.</summary>
internal sealed class GrainInterface(Type type, IReadOnlyList<GrainMethod> methods)
{
    public Type Type { get; } = type;

    public IReadOnlyList<GrainMethod> Methods { get; } = methods;

    /// <summary>Makes a proxy; compiled once for the interface.</summary>
    public required Func<RequestChannel, GrainInterface, GrainReference> Create { get; init; }
}
