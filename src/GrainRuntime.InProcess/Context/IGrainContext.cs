namespace Orleans.Runtime;

/// <summary>An activation of a grain. Grain classes may take it as a constructor parameter.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>The reference others reach the grain by.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain's identity.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain object; null while it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of the activation's own scope.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation has ended. Awaiting it inside the grain never completes.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation once the requests now running have ended. Does nothing when it is ending already.</summary>
    /// <param name="deactivationReason">Passed to the grain and logged.</param>
    /// <param name="cancellationToken">Asks the grain's last turn to hurry.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
