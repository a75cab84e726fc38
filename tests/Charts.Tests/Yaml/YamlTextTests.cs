using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Yaml;

public sealed class YamlTextTests
{
    [Fact]
    public void Any_text_is_read_as_it_was_written()
    {
        Prop.ForAll<string, string>((key, value) =>
        {
            var node = new JsonObject { ["k" + Printable(key)] = Printable(value), ["list"] = new JsonArray(Printable(value), 1, null, new JsonObject()) };

            JsonNode.DeepEquals(YamlJson.ReadDocuments(YamlText.Write(node)).Single(), node).ShouldBeTrue(YamlText.Write(node));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("NO")]
    [InlineData("1.0")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData(" blank ")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("# a")]
    [InlineData("*a")]
    [InlineData("---")]
    [InlineData("one\ntwo")]
    [InlineData("one\ntwo\n")]
    [InlineData("one\n\n\ntwo\n\n")]
    [InlineData("\none")]
    [InlineData("  indented\nless")]
    [InlineData("tab\tinside\n")]
    [InlineData("blank at the end \nof a line")]
    [InlineData("☃\u00a0\ud83d\ude00")]
    [InlineData("\u0085\u2028\u0007")]
    public void Text_that_looks_like_something_else_stays_text(string text)
    {
        var node = new JsonObject { ["v"] = text, [text] = "key" };

        var written = YamlText.Write(node);

        YamlJson.ReadDocuments(written).Single()!.ToJsonString().ShouldBe(node.ToJsonString(), written);
    }

    [Theory]
    [InlineData("""{"a":{"b":[1,2.5,true,null,{"c":"d"},[],{}]},"e":18446744073709551615,"f":-1,"g":1e300}""")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("3")]
    public void Structure_and_types_are_kept(string json)
    {
        var node = JsonNode.Parse(json);

        JsonNode.DeepEquals(YamlJson.ReadDocuments(YamlText.Write(node)).Single(), node).ShouldBeTrue(YamlText.Write(node));
    }

    // Neither JSON nor YAML has lone surrogates.
    private static string Printable(string? text) =>
        JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text ?? ""))!.Replace("\ufeff", "", StringComparison.Ordinal);
}
