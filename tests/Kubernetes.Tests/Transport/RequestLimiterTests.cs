namespace Wego.Kubernetes.Tests;

public sealed class RequestLimiterTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ABurstGoesAtOnceAndTheRestInOrder()
    {
        using var limiter = new RequestLimiter(qps: 2, burst: 3, _time);
        for (var i = 0; i < 3; i++)
        {
            limiter.WaitAsync(One, Cancel).IsCompletedSuccessfully.ShouldBeTrue();
        }

        var fourth = limiter.WaitAsync(One, Cancel);
        var fifth = limiter.WaitAsync(One, Cancel);
        await _time.WaitForTimersAsync();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await fourth.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        fifth.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await fifth.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task ACancelledWaiterGivesItsTurnBack()
    {
        using var limiter = new RequestLimiter(qps: 1, burst: 1, _time);
        await limiter.WaitAsync(One, Cancel);
        using var caller = new CancellationTokenSource();
        var cancelled = limiter.WaitAsync(One, caller.Token);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);

        _time.Advance(TimeSpan.FromSeconds(1));

        limiter.WaitAsync(One, Cancel).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void APauseFillsTheBucketNoFurtherThanTheBurst()
    {
        using var limiter = new RequestLimiter(qps: 10, burst: 2, _time);
        _time.Advance(TimeSpan.FromHours(1));

        limiter.WaitAsync(One, Cancel).IsCompleted.ShouldBeTrue();
        limiter.WaitAsync(One, Cancel).IsCompleted.ShouldBeTrue();
        limiter.WaitAsync(One, Cancel).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task WhoWaitsIsLetThroughByTurns()
    {
        using var limiter = new RequestLimiter(qps: 1, burst: 1, _time);
        await limiter.WaitAsync(One, Cancel);
        var noisy = Enumerable.Range(0, 100).Select(_ => limiter.WaitAsync(() => "noisy", Cancel)).ToArray();
        var quiet = limiter.WaitAsync(() => "quiet", Cancel);

        _time.Advance(TimeSpan.FromSeconds(2));

        await noisy[0].WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await quiet.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        noisy[1].IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(99));
        await Task.WhenAll(noisy).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task NobodyGoesPastThoseWhoWait()
    {
        using var limiter = new RequestLimiter(qps: 1, burst: 5, _time);
        var first = Enumerable.Range(0, 6).Select(_ => limiter.WaitAsync(One, Cancel)).ToArray();
        _time.Advance(TimeSpan.FromMilliseconds(900));
        var late = limiter.WaitAsync(() => "late", Cancel);
        late.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(100));
        await Task.WhenAll(first).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        late.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        await late.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public void ZeroMeansNoLimit()
    {
        using var limiter = new RequestLimiter(qps: 0, burst: 0, _time);

        Enumerable.Range(0, 1000).ShouldAllBe(_ => limiter.WaitAsync(One, Cancel).IsCompleted);
    }

    private static string One() => "one";
}
