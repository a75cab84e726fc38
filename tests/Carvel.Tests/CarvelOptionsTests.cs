using Microsoft.Extensions.Configuration;
using Wego.Plugins.Carvel;
using Wego.Plugins.Charts;

namespace Wego.Carvel.Tests;

public sealed class CarvelOptionsTests
{
    [Fact]
    public void The_defaults_are_good()
    {
        new CarvelOptionsValidator().Validate(null, new CarvelOptions()).Succeeded.ShouldBeTrue();
        new CarvelOptions().GlobalPackagingNamespace.ShouldBe("kapp-controller-packaging-global");
    }

    [Theory]
    [InlineData("GlobalPackagingNamespace", "Not A Namespace")]
    [InlineData("GlobalPackagingNamespace", "")]
    [InlineData("UpgradePolicy", "9")]
    [InlineData("PrereleaseIdentifiers", "rc")]
    public void A_bad_setting_is_named(string key, string value)
    {
        var settings = new Dictionary<string, string?> { [key == "PrereleaseIdentifiers" ? $"{key}:0" : key] = value };
        var failures = new CarvelOptionsValidator().Validate(null, Bind(settings)).Failures.ShouldNotBeNull();
        failures.ShouldHaveSingleItem().ShouldContain($"Wego:Plugins:kapp_controller.packages:{key}");
    }

    [Fact]
    public void An_identifier_that_is_none_is_named() =>
        new CarvelOptionsValidator().Validate(null, Bind(new() { ["AllowPrereleases"] = "true", ["PrereleaseIdentifiers:0"] = "r c" }))
            .Failures.ShouldNotBeNull().ShouldHaveSingleItem().ShouldContain("PrereleaseIdentifiers");

    [Fact]
    public void Every_setting_is_read()
    {
        var options = Bind(new()
        {
            ["GlobalPackagingNamespace"] = "packages",
            ["UpgradePolicy"] = "minor",
            ["AllowPrereleases"] = "true",
            ["PrereleaseIdentifiers:0"] = "rc",
            ["PrereleaseIdentifiers:1"] = "beta",
            ["AllowDowngrades"] = "true",
        });
        options.GlobalPackagingNamespace.ShouldBe("packages");
        options.UpgradePolicy.ShouldBe(UpgradePolicy.Minor);
        options.PrereleaseIdentifiers.ShouldBe(["rc", "beta"]);
        (options.AllowPrereleases, options.AllowDowngrades).ShouldBe((true, true));
        new CarvelOptionsValidator().Validate(null, options).Succeeded.ShouldBeTrue();
    }

    private static CarvelOptions Bind(Dictionary<string, string?> settings)
    {
        var options = new CarvelOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build().Bind(options);
        return options;
    }
}
