namespace Wego.Tenants.Tests;

public sealed class FairGateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_waits_is_let_in_by_turns()
    {
        var gate = new FairGate(total: 1, each: 1);
        var inside = await gate.EnterAsync("noisy", Cancel);
        var noisy = Enumerable.Range(0, 100).Select(_ => gate.EnterAsync("noisy", Cancel).AsTask()).ToArray();
        var quiet = gate.EnterAsync("quiet", Cancel).AsTask();
        var other = gate.EnterAsync("other", Cancel).AsTask();

        inside!.Dispose();
        (await noisy[0])!.Dispose();
        (await quiet)!.Dispose();
        (await other)!.Dispose();
        foreach (var next in noisy[1..])
        {
            (await next.WaitAsync(TimeSpan.FromSeconds(30), Cancel))!.Dispose();
        }

        gate.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task One_party_leaves_room_for_the_others()
    {
        var gate = new FairGate(total: 4, each: 2);
        var first = await gate.EnterAsync("noisy", Cancel);
        await gate.EnterAsync("noisy", Cancel);
        var third = gate.EnterAsync("noisy", Cancel).AsTask();
        third.IsCompleted.ShouldBeFalse();

        (await gate.EnterAsync("quiet", Cancel)).ShouldNotBeNull();
        third.IsCompleted.ShouldBeFalse();
        first!.Dispose();
        (await third.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(100, 1)]
    public async Task More_than_may_wait_are_refused_at_once(int waiting, int waitingEach)
    {
        var gate = new FairGate(total: 1, each: 1, waiting, waitingEach);
        var inside = await gate.EnterAsync("a", Cancel);
        var waits = gate.EnterAsync("a", Cancel).AsTask();

        (await gate.EnterAsync("a", Cancel)).ShouldBeNull();

        inside!.Dispose();
        (await waits)!.Dispose();
        (await gate.EnterAsync("a", Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_gives_up_takes_no_place()
    {
        var gate = new FairGate(total: 1, each: 1, waiting: 1);
        var inside = await gate.EnterAsync("a", Cancel);
        using var impatient = new CancellationTokenSource();
        var gone = gate.EnterAsync("b", impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(gone);

        var next = gate.EnterAsync("c", Cancel).AsTask();
        inside!.Dispose();
        // Twice is once.
        inside.Dispose();

        (await next)!.Dispose();
        gate.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_is_lost_and_no_limit_is_passed_however_they_come_and_go()
    {
        const int Total = 5;
        const int Each = 2;
        var gate = new FairGate(Total, Each);
        var (inside, most) = (0, 0);
        var perParty = new int[7];
        var mostOfOne = 0;

        await Parallel.ForAsync(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancel }, async (i, token) =>
        {
            using var impatient = CancellationTokenSource.CreateLinkedTokenSource(token);
            var entering = gate.EnterAsync($"party {i % 7}", impatient.Token);
            if (i % 5 == 0)
            {
                await impatient.CancelAsync();
            }

            try
            {
                using var lease = await entering;
                Max(ref most, Interlocked.Increment(ref inside));
                Max(ref mostOfOne, Interlocked.Increment(ref perParty[i % 7]));
                await Task.Yield();
                Interlocked.Decrement(ref perParty[i % 7]);
                Interlocked.Decrement(ref inside);
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
                // It gave up in time.
            }
        });

        gate.IsEmpty.ShouldBeTrue();
        most.ShouldBeLessThanOrEqualTo(Total);
        mostOfOne.ShouldBeLessThanOrEqualTo(Each);
    }

    private static void Max(ref int most, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
            // Somebody else was faster; look again.
        }
    }
}
