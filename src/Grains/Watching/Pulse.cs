namespace Wego.Grains;

/// <summary>Something that happens again and again, and can be waited for. Used from the turns of one grain.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes the next time it happens.</summary>
    public Task Next => _next.Task;

    /// <summary>It happens.</summary>
    public void Beat()
    {
        var now = _next;
        _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        now.TrySetResult();
    }
}
