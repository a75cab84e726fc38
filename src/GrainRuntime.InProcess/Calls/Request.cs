using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>Something an activation does in turns: a call, a timer's tick, a step of an enumeration.</summary>
internal abstract class Request
{
    private const int Waiting = 0;
    private const int Started = 1;

    private int _state;

    /// <summary>The activation that runs it, once it does.</summary>
    public Activation? Activation { get; private set; }

    /// <summary>The values that flow with it.</summary>
    public Dictionary<string, object>? Context { get; protected init; }

    public virtual RequestOptions Options => RequestOptions.None;

    /// <summary>Whether a later activation of the grain may serve it.</summary>
    public virtual bool CanMove => true;

    /// <summary>Whether serving it counts as use of the grain.</summary>
    public virtual bool IsUse => true;

    /// <summary>Whether its outcome is known, so that it need not run any more.</summary>
    public bool IsAbandoned => IsDone;

    public bool IsStarted => Volatile.Read(ref _state) == Started;

    protected abstract bool IsDone { get; }

    /// <summary>Runs it to its end inside the activation. Never throws.</summary>
    public async Task ExecuteAsync(Activation activation)
    {
        Activation = activation;
        Interlocked.Exchange(ref _state, Started);
        Exception? failure = null;
        if (!IsDone)
        {
            RequestContext.Values = Context;
            try
            {
                await InvokeAsync(activation, activation.GrainInstance!);
            }
            catch (Exception e)
            {
                failure = e;
            }
        }

        activation.OnCompleted(this);
        if (failure is null)
        {
            Succeed();
        }
        else if (!TryFail(failure) && failure is not OperationCanceledException)
        {
            // A caller that has left is why most calls are cancelled: that is no news.
            Log.OutcomeLost(activation.Silo.Logger, this, activation.GrainId, failure);
        }
    }

    /// <summary>Ends it with an error; false where nobody learns of it.</summary>
    public abstract bool TryFail(Exception exception);

    protected abstract ValueTask InvokeAsync(Activation activation, object target);

    protected abstract void Succeed();
}
