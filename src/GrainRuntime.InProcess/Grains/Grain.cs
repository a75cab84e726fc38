using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;
using Wego.GrainRuntime;

namespace Orleans;

/// <summary>The base of grain classes. One object exists per key at a time, and its turns never run in parallel.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Takes the activation under construction as the context.</summary>
    protected Grain() => GrainContext = RuntimeContext.Current!;

    /// <summary>The activation this object belongs to; null only where a test made the object itself.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>The reference others reach this grain by.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The grain's type and key, for logs.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => ServiceProvider.GetRequiredService<IGrainFactory>();

    /// <summary>The services of this activation's own scope, disposed with it.</summary>
    protected internal IServiceProvider ServiceProvider => Activation.Of(this).ActivationServices;

    /// <summary>Called as the first turn, before any request.</summary>
    /// <param name="cancellationToken">Cancelled when activation takes longer than <c>GrainCollectionOptions.ActivationTimeout</c>.</param>
    [SuppressMessage("Naming", "CA1725", Justification = "Named as in Orleans.")]
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called as the last turn. Not called when the process dies, so nothing may depend on it.</summary>
    /// <param name="reason">Why the activation ends.</param>
    /// <param name="cancellationToken">Cancelled when deactivation takes longer than <c>GrainCollectionOptions.DeactivationTimeout</c>.</param>
    [SuppressMessage("Naming", "CA1725", Justification = "Named as in Orleans.")]
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation once the requests now running have ended; the next request starts a new one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps this activation from idle collection.</summary>
    /// <param name="timeSpan">How long from now; infinite or <see cref="TimeSpan.MaxValue"/> for ever, zero or less to withdraw an earlier call.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.Of(this).DelayDeactivation(timeSpan);
}
