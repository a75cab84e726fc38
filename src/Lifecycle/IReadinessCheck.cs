namespace Wego.Lifecycle;

/// <summary>
/// Something that a replica needs before it may be sent requests. Register it as a singleton of this type; all of them are asked, often
/// and by many, so that an answer comes from memory.
/// </summary>
public interface IReadinessCheck
{
    /// <summary>A short name in lower case, for example <c>membership</c>.</summary>
    string Name { get; }

    /// <summary>Why the replica is not ready, in one line without any secret; null where it is.</summary>
    string? NotReadyBecause { get; }
}
