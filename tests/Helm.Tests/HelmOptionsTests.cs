using Microsoft.Extensions.Configuration;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests;

public sealed class HelmOptionsTests
{
    [Fact]
    public void The_defaults_are_good() => new HelmOptionsValidator().Validate(null, new HelmOptions()).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("Executable", "")]
    [InlineData("TimeoutSeconds", "0")]
    [InlineData("TimeoutSeconds", "841")]
    [InlineData("HistoryMax", "-1")]
    [InlineData("Storages", "7")]
    [InlineData("VersionsInSummary:Minor", "0")]
    public void A_bad_setting_is_named(string key, string value)
    {
        var options = new HelmOptions();
        Configuration((key == "Storages" ? "Storages:0" : key, value)).Bind(options);

        var result = new HelmOptionsValidator().Validate(null, options);

        result.Failures.ShouldHaveSingleItem().ShouldStartWith($"Wego:Plugins:helm.packages:{key}");
    }

    [Fact]
    public void Releases_are_looked_for_in_both_storages_unless_told_otherwise()
    {
        var options = new HelmOptions();
        options.StoragesOrDefault.ShouldBe([HelmStorage.Secrets, HelmStorage.ConfigMaps]);

        Configuration(("Storages:0", "ConfigMaps")).Bind(options);

        options.StoragesOrDefault.ShouldBe([HelmStorage.ConfigMaps]);
    }

    [Fact]
    public void The_executable_may_be_given_by_its_short_key()
    {
        var options = new HelmOptions();

        HelmOptions.ApplyShortKey(options, Configuration(("Wego:Helm:Executable", "/opt/helm")));

        options.Executable.ShouldBe("/opt/helm");
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
}
