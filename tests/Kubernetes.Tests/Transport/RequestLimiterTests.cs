namespace Wego.Kubernetes.Tests;

public sealed class RequestLimiterTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ABurstGoesAtOnceAndTheRestInOrder()
    {
        var limiter = new RequestLimiter(qps: 2, burst: 3, _time);
        for (var i = 0; i < 3; i++)
        {
            limiter.WaitAsync(Cancel).IsCompletedSuccessfully.ShouldBeTrue();
        }

        var fourth = limiter.WaitAsync(Cancel);
        var fifth = limiter.WaitAsync(Cancel);
        await _time.WaitForTimersAsync(2);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await fourth.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        fifth.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await fifth.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task ACancelledWaiterGivesItsTurnBack()
    {
        var limiter = new RequestLimiter(qps: 1, burst: 1, _time);
        await limiter.WaitAsync(Cancel);
        using var caller = new CancellationTokenSource();
        var cancelled = limiter.WaitAsync(caller.Token);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);

        _time.Advance(TimeSpan.FromSeconds(1));

        limiter.WaitAsync(Cancel).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void APauseFillsTheBucketNoFurtherThanTheBurst()
    {
        var limiter = new RequestLimiter(qps: 10, burst: 2, _time);
        _time.Advance(TimeSpan.FromHours(1));

        limiter.WaitAsync(Cancel).IsCompleted.ShouldBeTrue();
        limiter.WaitAsync(Cancel).IsCompleted.ShouldBeTrue();
        limiter.WaitAsync(Cancel).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void ZeroMeansNoLimit()
    {
        var limiter = new RequestLimiter(qps: 0, burst: 0, _time);

        Enumerable.Range(0, 1000).ShouldAllBe(_ => limiter.WaitAsync(Cancel).IsCompleted);
    }
}
