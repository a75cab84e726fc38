namespace Wego.Grains.Tests;

/// <summary>An operation under way, which the test ends.</summary>
internal sealed class PendingOperation(string what, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string What => what;

    /// <summary>Whether it was told to stop.</summary>
    public CancellationToken Stopped => cancellationToken;

    public Task Ended => _end.Task;

    public void End() => _end.SetResult();

    public void Fail(Exception e) => _end.SetException(e);
}
