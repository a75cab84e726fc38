namespace Wego.GrainRuntime;

/// <summary>Something a consumer asks of its producer. It interleaves with everything.</summary>
internal abstract class StreamStep<T>(bool canMove) : Request
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Outcome => _outcome.Task;

    public override RequestOptions Options => RequestOptions.AlwaysInterleave;

    public override bool CanMove => canMove;

    protected override bool IsDone => _outcome.Task.IsCompleted;

    protected T Result { get; set; } = default!;

    public override bool TryFail(Exception exception) => _outcome.TrySetException(exception);

    public void Cancel(CancellationToken token) => _outcome.TrySetCanceled(token);

    protected override void Succeed() => _outcome.TrySetResult(Result);
}
