using System.Text.Json.Nodes;

namespace Wego.Conformance;

public sealed class PatternTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", true, 0)]
    [InlineData("""{"a":1}""", """{"a":2}""", true, 1)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", true, 1)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", true, 1)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false, 0)]
    [InlineData("""{"a":1,"b":{}}""", """{"a":1}""", false, 1)]
    [InlineData("""{"a":null}""", """{}""", false, 0)]
    [InlineData("""{"a":null}""", """{"a":""}""", false, 1)]
    [InlineData("""{"a":{"b":null}}""", """{}""", false, 0)]
    [InlineData("""{"a":{"b":null}}""", """{}""", true, 1)]
    [InlineData("""{"a":[1,2]}""", """{"a":[1]}""", false, 1)]
    [InlineData("""{"a":[{"b":1}]}""", """{"a":[{"b":1,"c":2}]}""", false, 0)]
    [InlineData("""{"a":[{"b":1}]}""", """{"a":[{"b":1,"c":2}]}""", true, 1)]
    [InlineData("""{"a":"repo-(any)"}""", """{"a":"repo-x7k2q"}""", true, 0)]
    [InlineData("""{"a":"repo-(any)"}""", """{"a":"repo-"}""", true, 1)]
    [InlineData("""{"a":"(any).app"}""", """{"a":"one\ntwo.app"}""", true, 0)]
    [InlineData("""{"a":"(any).app"}""", """{"a":"one-app"}""", true, 1)]
    public void Pattern_finds_differences(string pattern, string actual, bool exact, int differences) =>
        Pattern.Differences(JsonNode.Parse(pattern), JsonNode.Parse(actual), exact).Count.ShouldBe(differences);
}
