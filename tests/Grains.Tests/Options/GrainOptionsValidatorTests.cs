namespace Wego.Grains.Tests.Options;

public sealed class GrainOptionsValidatorTests
{
    [Fact]
    public void The_defaults_are_valid() => new GrainOptionsValidator().Validate(null, new GrainOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Every_bad_value_is_named_with_what_would_be_right() => new GrainOptionsValidator().Validate(null, new GrainOptions
    {
        RetryDelay = TimeSpan.Zero,
        MaxRetryDelay = TimeSpan.FromSeconds(-1),
        MinRefreshInterval = TimeSpan.FromSeconds(-1),
        RefreshTimeout = TimeSpan.Zero,
        ResourceWatchLinger = TimeSpan.FromSeconds(-1),
        ContentCacheBytes = -1,
        MaxWatchedResources = 0,
    }).Failures.ShouldBe(
    [
        "Wego:Grains:RetryDelay must be positive, for example 00:00:30.",
        "Wego:Grains:MinRefreshInterval must be positive, for example 00:00:30.",
        "Wego:Grains:RefreshTimeout must be positive, for example 00:00:30.",
        "Wego:Grains:MaxRetryDelay must be at least RetryDelay (00:00:00).",
        "Wego:Grains:ResourceWatchLinger must not be negative, for example 00:00:10.",
        "Wego:Grains:ContentCacheBytes must not be negative; 0 keeps nothing.",
        "Wego:Grains:MaxWatchedResources must be positive, for example 500.",
    ]);
}
