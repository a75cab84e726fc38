namespace Wego.GrainRuntime;

/// <summary>The life of an activation. Requests start in <see cref="Valid"/> only; they wait before, and move on after.</summary>
internal enum ActivationState
{
    Created,
    Activating,
    Valid,
    Deactivating,
    Ended,
}
