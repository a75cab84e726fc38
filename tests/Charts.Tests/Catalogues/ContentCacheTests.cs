using Wego.Plugins;

namespace Wego.Charts.Tests.Catalogues;

public sealed class ContentCacheTests
{
    private static readonly ContentDigest A = ContentDigest.Compute("a"u8);
    private static readonly ContentDigest B = ContentDigest.Compute("b"u8);
    private static readonly ContentDigest C = ContentDigest.Compute("c"u8);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_is_loaded_once_for_all_who_ask()
    {
        var cache = new ContentCache(1_000_000);
        var (loads, gate) = (0, new TaskCompletionSource());
        var callers = Enumerable.Range(0, 10).Select(_ => cache.GetOrLoadAsync(A, LoadAsync, Token).AsTask()).ToArray();
        gate.SetResult();
        var contents = await Task.WhenAll(callers);
        contents.ShouldAllBe(c => ReferenceEquals(c, contents[0]));
        (await cache.GetOrLoadAsync(A, LoadAsync, Token)).ShouldBeSameAs(contents[0]);
        loads.ShouldBe(1);

        async Task<PackageContent> LoadAsync(CancellationToken token)
        {
            Interlocked.Increment(ref loads);
            await gate.Task.WaitAsync(token);
            return Content("a", 10);
        }
    }

    [Fact]
    public async Task What_was_not_used_for_longest_goes_first()
    {
        var one = Content("x", 10_000);
        var cache = new ContentCache((one.SizeInBytes * 2) + 100);
        await cache.GetOrLoadAsync(A, _ => Task.FromResult(one), Token);
        await cache.GetOrLoadAsync(B, _ => Task.FromResult(one), Token);
        cache.TryGet(A, out _).ShouldBeTrue();
        await cache.GetOrLoadAsync(C, _ => Task.FromResult(one), Token);
        cache.TryGet(B, out _).ShouldBeFalse();
        cache.TryGet(A, out _).ShouldBeTrue();
        cache.TryGet(C, out _).ShouldBeTrue();
        cache.SizeInBytes.ShouldBe(one.SizeInBytes * 2);
    }

    [Fact]
    public async Task What_is_larger_than_the_cache_is_handed_out_but_not_kept()
    {
        var cache = new ContentCache(1_000);
        (await cache.GetOrLoadAsync(A, _ => Task.FromResult(Content("x", 10_000)), Token)).Name.ShouldBe("x");
        (cache.Count, cache.SizeInBytes).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Failures_reach_all_who_wait_and_are_not_kept()
    {
        var cache = new ContentCache(1_000_000);
        var gate = new TaskCompletionSource<PackageContent>();
        var first = cache.GetOrLoadAsync(A, _ => gate.Task, Token).AsTask();
        var second = cache.GetOrLoadAsync(A, _ => gate.Task, Token).AsTask();
        gate.SetException(new InvalidOperationException("broken"));
        (await Should.ThrowAsync<InvalidOperationException>(first)).Message.ShouldBe("broken");
        await Should.ThrowAsync<InvalidOperationException>(second);
        (await cache.GetOrLoadAsync(A, _ => Task.FromResult(Content("good", 1)), Token)).Name.ShouldBe("good");
    }

    [Fact]
    public async Task A_load_goes_on_while_anybody_waits_and_is_given_up_when_nobody_does()
    {
        var cache = new ContentCache(1_000_000);
        using var impatient = new CancellationTokenSource();
        using var patient = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource();
        var first = cache.GetOrLoadAsync(A, LoadAsync, impatient.Token).AsTask();
        var second = cache.GetOrLoadAsync(A, LoadAsync, patient.Token).AsTask();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        cancelled.Task.IsCompleted.ShouldBeFalse();
        await patient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        await cancelled.Task.WaitAsync(Token);
        (await cache.GetOrLoadAsync(A, _ => Task.FromResult(Content("anew", 1)), Token)).Name.ShouldBe("anew");

        async Task<PackageContent> LoadAsync(CancellationToken token)
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
            finally
            {
                cancelled.TrySetResult();
            }

            return Content("never", 1);
        }
    }

    private static PackageContent Content(string name, int length) => new() { Name = name, Version = "1", Readme = new string('x', length) };
}
