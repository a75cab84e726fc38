namespace Orleans;

/// <summary>Why an activation ends. Codes that only a cluster produces are kept so that code naming them compiles.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>Not given.</summary>
    None,

    /// <summary>The host stops.</summary>
    ShuttingDown,

    /// <summary>The grain's activation threw.</summary>
    ActivationFailed,

    /// <summary>The cluster's directory failed; never in one process.</summary>
    DirectoryFailure,

    /// <summary>No request for the collection age.</summary>
    ActivationIdle,

    /// <summary>The activation stopped answering; never in one process.</summary>
    ActivationUnresponsive,

    /// <summary>Another activation exists; never in one process.</summary>
    DuplicateActivation,

    /// <summary>A request of another interface version; never in one process.</summary>
    IncompatibleRequest,

    /// <summary>The application met an error.</summary>
    ApplicationError,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,

    /// <summary>The activation moves to another host; never in one process.</summary>
    Migrating,

    /// <summary>The runtime asked for it.</summary>
    RuntimeRequested,

    /// <summary>Memory ran short; never in one process.</summary>
    HighMemoryPressure,
}
