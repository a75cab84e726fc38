namespace Wego.Frontend.Tests.Requests;

public sealed class BoundedTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task What_completes_in_time_has_its_result() =>
        (await Bounded.RunAsync(_clock, TimeSpan.FromSeconds(1), _ => Task.FromResult(7), TestContext.Current.CancellationToken)).ShouldBe((true, 7));

    [Fact]
    public async Task What_does_not_is_cancelled()
    {
        var pending = Bounded.RunAsync(_clock, TimeSpan.FromSeconds(1), ForeverAsync, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await pending).Completed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_no_timeout()
    {
        using var leave = new CancellationTokenSource();
        var pending = Bounded.RunAsync(_clock, TimeSpan.FromSeconds(1), ForeverAsync, leave.Token);
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(pending);
    }

    [Fact]
    public async Task A_failure_passes() => await Should.ThrowAsync<InvalidOperationException>(
        Bounded.RunAsync<int>(_clock, TimeSpan.FromSeconds(1), _ => throw new InvalidOperationException(), TestContext.Current.CancellationToken));

    private async Task<int> ForeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, _clock, cancellationToken);
        return 0;
    }
}
