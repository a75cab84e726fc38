namespace Wego.Grains.Tests.Watching;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 16)]
    [InlineData(5, 30)]
    [InlineData(1000, 30)]
    public void Delays_double_up_to_the_longest_and_vary_by_half(int attempt, int seconds)
    {
        for (var i = 0; i < 200; i++)
        {
            var delay = Backoff.Delay(attempt, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
            delay.ShouldBeInRange(TimeSpan.FromSeconds(seconds / 2.0), TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public void Intervals_vary_by_a_tenth() => Enumerable.Range(0, 200)
        .Select(_ => Backoff.Jitter(TimeSpan.FromMinutes(10)))
        .ShouldAllBe(i => i >= TimeSpan.FromMinutes(9) && i <= TimeSpan.FromMinutes(11));
}
