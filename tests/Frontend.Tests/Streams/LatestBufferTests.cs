namespace Wego.Frontend.Tests.Streams;

public sealed class LatestBufferTests
{
    private readonly LatestBuffer<string, string> _buffer = new();

    [Fact]
    public async Task A_slow_reader_gets_the_last_value_of_each_key_in_the_order_of_their_first()
    {
        for (var i = 0; i < 1000; i++)
        {
            _buffer.Post("b", $"b{i}");
            _buffer.Post("a", $"a{i}");
        }

        _buffer.Complete();
        (await ReadAsync()).ShouldBe(["b999", "a999"]);
    }

    [Fact]
    public async Task A_reader_waits_for_values_and_for_the_end()
    {
        var read = ReadAsync();
        read.IsCompleted.ShouldBeFalse();
        _buffer.Post("a", "a1");
        _buffer.Complete();
        (await read).ShouldBe(["a1"]);
    }

    [Fact]
    public async Task What_was_put_before_a_failure_is_read_before_it()
    {
        _buffer.Post("a", "a1");
        _buffer.Complete(new InvalidOperationException("ended"));
        var values = _buffer.ReadAllAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await values.MoveNextAsync()).ShouldBeTrue();
        values.Current.ShouldBe("a1");
        (await Should.ThrowAsync<InvalidOperationException>(async () => await values.MoveNextAsync())).Message.ShouldBe("ended");
    }

    [Fact]
    public async Task A_reader_can_leave()
    {
        using var leave = new CancellationTokenSource();
        await using var values = _buffer.ReadAllAsync(leave.Token).GetAsyncEnumerator(leave.Token);
        var next = values.MoveNextAsync().AsTask();
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(next);
    }

    private async Task<List<string>> ReadAsync()
    {
        var values = new List<string>();
        await foreach (var value in _buffer.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            values.Add(value);
        }

        return values;
    }
}
