namespace Wego.Clustering;

/// <summary>How far a silo is in its life.</summary>
public enum SiloState
{
    /// <summary>Known, and nothing more.</summary>
    Created,

    /// <summary>About to join.</summary>
    Joining,

    /// <summary>A member.</summary>
    Active,

    /// <summary>Handing over before it leaves.</summary>
    ShuttingDown,

    /// <summary>Leaving.</summary>
    Stopping,

    /// <summary>Gone, by its own word or by the votes of others. It never comes back: a new start is a new silo.</summary>
    Dead,
}
