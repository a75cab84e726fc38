using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>Where the requests of a reference go.</summary>
internal abstract class RequestChannel(Silo silo, GrainId id) : IEquatable<RequestChannel>
{
    public Silo Silo { get; } = silo;

    public GrainId Id { get; } = id;

    /// <summary>Delivers a request, or ends it with an error.</summary>
    public abstract void Send(Request request);

    public bool Equals(RequestChannel? other) => other is not null && Id == other.Id;

    public override bool Equals(object? obj) => Equals(obj as RequestChannel);

    public override int GetHashCode() => Id.GetHashCode();
}
