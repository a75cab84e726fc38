namespace Wego.Frontend.Tests.Options;

public sealed class FrontendOptionsValidatorTests
{
    [Fact]
    public void The_defaults_are_valid() => new FrontendOptionsValidator().Validate(null, new FrontendOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Every_bad_value_is_named_with_what_would_be_right() => new FrontendOptionsValidator().Validate(null, new FrontendOptions
    {
        CatalogueWait = TimeSpan.FromSeconds(-1),
        EnrichmentWait = TimeSpan.FromMinutes(6),
        VisibilityWait = TimeSpan.FromHours(1),
    }).Failures.ShouldBe(
    [
        "Wego:Frontend:CatalogueWait is -00:00:01; give a time from 0 to 5 minutes, for example 00:00:15.",
        "Wego:Frontend:EnrichmentWait is 00:06:00; give a time from 0 to 5 minutes, for example 00:00:15.",
        "Wego:Frontend:VisibilityWait is 01:00:00; give a time from 0 to 5 minutes, for example 00:00:15.",
    ]);
}
