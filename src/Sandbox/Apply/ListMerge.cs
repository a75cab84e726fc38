namespace Wego.Sandbox.Apply;

/// <summary>How a list is merged.</summary>
internal enum ListMerge
{
    /// <summary>Replaced as a whole.</summary>
    Atomic,

    /// <summary>By value.</summary>
    Set,

    /// <summary>By the keys of its items.</summary>
    Map,
}
