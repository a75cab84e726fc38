namespace Wego.Lifecycle.Tests;

public sealed class LifecycleOptionsTests
{
    [Theory]
    [InlineData(5, 30)]
    [InlineData(0, 1)]
    [InlineData(9, 10)]
    [InlineData(60, 3600)]
    public void What_fits_is_valid(int drain, int grace) => Validate(drain, grace).ShouldBeNull();

    [Theory]
    [InlineData(5, 0, "Wego:Lifecycle:GracePeriod is 00:00:00; give a positive time of at most an hour, the pod's terminationGracePeriodSeconds, for example 00:00:30.")]
    [InlineData(5, 3601, "Wego:Lifecycle:GracePeriod is 01:00:01; give a positive time of at most an hour, the pod's terminationGracePeriodSeconds, for example 00:00:30.")]
    [InlineData(-1, 30, "Wego:Lifecycle:DrainDelay is -00:00:01; give a time from 0 to nine tenths of GracePeriod (00:00:30), for example 00:00:05.")]
    [InlineData(28, 30, "Wego:Lifecycle:DrainDelay is 00:00:28; give a time from 0 to nine tenths of GracePeriod (00:00:30), for example 00:00:05.")]
    public void What_does_not_is_named_with_the_remedy(int drain, int grace, string message) => Validate(drain, grace).ShouldBe(message);

    private static string? Validate(int drain, int grace) => new LifecycleOptionsValidator().Validate(
        null, new LifecycleOptions { DrainDelay = TimeSpan.FromSeconds(drain), GracePeriod = TimeSpan.FromSeconds(grace) }).FailureMessage;
}
