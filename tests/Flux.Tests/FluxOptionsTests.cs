using Wego.Plugins.Charts;
using Wego.Plugins.Flux;

namespace Wego.Flux.Tests;

public sealed class FluxOptionsTests
{
    [Fact]
    public void The_defaults_are_good() => new FluxOptionsValidator().Validate(null, new FluxOptions()).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("DefaultInterval")]
    [InlineData("DefaultRepositoryInterval")]
    [InlineData("Timeout")]
    [InlineData("VersionsInSummary:Major")]
    [InlineData("VersionsInSummary:Minor")]
    [InlineData("VersionsInSummary:Patch")]
    [InlineData("UpgradePolicy")]
    public void A_bad_setting_is_named(string key)
    {
        var options = new FluxOptions();
        switch (key)
        {
            case "DefaultInterval":
                options.DefaultInterval = "5 minutes";
                break;
            case "DefaultRepositoryInterval":
                options.DefaultRepositoryInterval = "";
                break;
            case "Timeout":
                options.Timeout = "-1m";
                break;
            case "VersionsInSummary:Major":
                options.VersionsInSummary.Major = 0;
                break;
            case "VersionsInSummary:Minor":
                options.VersionsInSummary.Minor = -1;
                break;
            case "VersionsInSummary:Patch":
                options.VersionsInSummary.Patch = 0;
                break;
            default:
                options.UpgradePolicy = (UpgradePolicy)7;
                break;
        }

        var result = new FluxOptionsValidator().Validate(null, options);

        result.Failures.ShouldHaveSingleItem().ShouldStartWith($"Wego:Plugins:fluxv2.packages:{key}");
    }
}
