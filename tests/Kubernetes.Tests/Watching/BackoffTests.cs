namespace Wego.Kubernetes.Tests;

public sealed class BackoffTests
{
    [Fact]
    public void PausesDoubleUpToTheLongestWithJitterBelow()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        foreach (var ceiling in new[] { 1, 2, 4, 8, 10, 10 })
        {
            backoff.Next().TotalSeconds.ShouldBeInRange(ceiling / 2.0, ceiling);
        }

        backoff.Next(TimeSpan.FromSeconds(60)).ShouldBe(TimeSpan.FromSeconds(60));
        backoff.Reset();
        backoff.NextUnlessFirst().ShouldBe(TimeSpan.Zero);
        backoff.NextUnlessFirst().TotalSeconds.ShouldBeInRange(1, 2);
    }

    [Theory]
    [InlineData("5", "10", true)]
    [InlineData("10", "10", false)]
    [InlineData("11", "10", false)]
    [InlineData("9", "10", true)]
    [InlineData("opaque", "10", false)]
    [InlineData("", "10", false)]
    public void OnlyNumbersAreCompared(string version, string than, bool expected) => ResourceVersions.IsOlder(version, than).ShouldBe(expected);
}
