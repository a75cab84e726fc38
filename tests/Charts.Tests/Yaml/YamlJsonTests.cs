using Wego.Plugins;
using Wego.Plugins.Charts;
using YamlDotNet.Core;

namespace Wego.Charts.Tests.Yaml;

/// <summary>How Helm reads values.</summary>
public sealed class YamlJsonTests
{
    [Theory]
    [InlineData("v: 1", "1")]
    [InlineData("v: -17", "-17")]
    [InlineData("v: +3", "3")]
    [InlineData("v: 0", "0")]
    [InlineData("v: 0x1F", "31")]
    [InlineData("v: 0o17", "15")]
    [InlineData("v: 0644", "420")]
    [InlineData("v: 08", "8")]
    [InlineData("v: 0b101", "5")]
    [InlineData("v: 1_000", "1000")]
    [InlineData("v: 18446744073709551615", "18446744073709551615")]
    [InlineData("v: 1.50", "1.5")]
    [InlineData("v: .5", "0.5")]
    [InlineData("v: 1e3", "1000")]
    [InlineData("v: true", "true")]
    [InlineData("v: False", "false")]
    [InlineData("v: yes", "true")]
    [InlineData("v: off", "false")]
    [InlineData("v: ~", "null")]
    [InlineData("v:", "null")]
    [InlineData("v: Null", "null")]
    [InlineData("v: '1'", "\"1\"")]
    [InlineData("v: \"true\"", "\"true\"")]
    [InlineData("v: !!str 1", "\"1\"")]
    [InlineData("v: 1.2.3", "\"1.2.3\"")]
    [InlineData("v: 2024-01-02", "\"2024-01-02\"")]
    [InlineData("v: 10m", "\"10m\"")]
    [InlineData("v: _1", "\"_1\"")]
    [InlineData("v: tRue", "\"tRue\"")]
    [InlineData("v: |\n  a\n  b", "\"a\\nb\"")]
    [InlineData("v: [1, {a: b}]", "[1,{\"a\":\"b\"}]")]
    [InlineData("v: {1: a, yes: b}", "{\"1\":\"a\",\"yes\":\"b\"}")]
    [InlineData("a: &x {k: 1}\nv: *x", "{\"k\":1}")]
    [InlineData("a: &x {k: 1, l: 2}\nv: {<<: *x, k: 3}", "{\"k\":3,\"l\":2}")]
    [InlineData("v: 1\nv: 2", "2")]
    [InlineData("{\"v\": {\"a\": [1, null]}}", "{\"a\":[1,null]}")]
    public void A_value_has_the_type_that_Helm_gives_it(string yaml, string json) => PackageValues.Parse(yaml)!["v"].ShouldBeJson(json);

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment")]
    [InlineData("---\n")]
    [InlineData("null")]
    public void Nothing_is_no_values(string yaml) => PackageValues.Parse(yaml).ShouldBeNull();

    [Theory]
    [InlineData("a: [1, 2")]
    [InlineData("a: b: c")]
    [InlineData("a: *nowhere")]
    [InlineData("a: &x [*x]")]
    [InlineData("a: .inf")]
    [InlineData("a: .nan")]
    [InlineData("? [a]\n: b")]
    [InlineData("a: 'open")]
    [InlineData("just text")]
    [InlineData("[1]")]
    [InlineData("a: {<<: 1}")]
    public void What_is_no_mapping_of_values_is_refused_by_the_name_of_the_field(string yaml)
    {
        var refused = Should.Throw<PackageException>(() => PackageValues.Parse(yaml));

        refused.Code.ShouldBe(PackageErrorCode.InvalidArgument);
        refused.Message.ShouldStartWith("values:");
    }

    [Fact]
    public void Nesting_has_an_end()
    {
        var deep = string.Concat(Enumerable.Repeat("{a: ", 60)) + "1" + new string('}', 60);

        Should.Throw<PackageException>(() => PackageValues.Parse(deep)).Message.ShouldContain("levels deep");
    }

    [Fact]
    public void An_alias_bomb_ends_early()
    {
        var lines = new List<string> { "a0: &a0 [x, x, x, x, x, x, x, x, x, x]" };
        for (var i = 1; i < 12; i++)
        {
            lines.Add($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        }

        Should.Throw<PackageException>(() => PackageValues.Parse(string.Join('\n', lines))).Message.ShouldContain("nodes");
    }

    [Fact]
    public void Too_long_values_are_refused_before_they_are_read() =>
        Should.Throw<PackageException>(() => PackageValues.Parse(new string('#', 1_500_001))).Code.ShouldBe(PackageErrorCode.InvalidArgument);

    [Fact]
    public void A_place_is_told() => Should.Throw<YamlException>(() => YamlJson.ReadDocuments("a: 1\nb: *c\n").ToList()).Start.Line.ShouldBe(2);
}
