namespace Wego.Sandbox.Deletion;

/// <summary>What becomes of the objects an object owns when it is deleted.</summary>
internal enum PropagationPolicy
{
    /// <summary>They are deleted after it.</summary>
    Background,

    /// <summary>They are deleted before it.</summary>
    Foreground,

    /// <summary>They stay, without their owner reference.</summary>
    Orphan,
}
