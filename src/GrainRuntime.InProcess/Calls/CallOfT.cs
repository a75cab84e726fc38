namespace Wego.GrainRuntime;

/// <summary>A call with a result.</summary>
internal abstract class Call<T> : Call
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the caller awaits.</summary>
    public Task<T> Outcome => _outcome.Task;

    protected T Result { get; set; } = default!;

    protected override bool IsDone => _outcome.Task.IsCompleted;

    public override bool TryFail(Exception exception)
    {
        if (!_outcome.TrySetException(exception))
        {
            return false;
        }

        Settle();
        return true;
    }

    protected override void Succeed()
    {
        if (_outcome.TrySetResult(Result))
        {
            Settle();
        }
    }

    protected override bool TryCancel(CancellationToken token)
    {
        if (!_outcome.TrySetCanceled(token))
        {
            return false;
        }

        Settle();
        return true;
    }
}
