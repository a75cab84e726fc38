using System.Text.Json.Nodes;
using Wego.Sandbox.Carvel;

namespace Wego.Sandbox.Tests.Carvel;

/// <summary>The part of ytt that the sandbox knows, and that it refuses the rest.</summary>
public sealed class YttTemplateTests
{
    private const string Schema = "#@data/values-schema\n---\nname: app\nsize: 1\nnested: {on: true}\n";

    [Theory]
    [InlineData("a: #@ data.values.name", """{"a":"app"}""")]
    [InlineData("a: #@ data.values.size", """{"a":1}""")]
    [InlineData("a: #@ data.values.nested.on", """{"a":true}""")]
    [InlineData("a:\n- #@ data.values.name", """{"a":["app"]}""")]
    [InlineData("#@yaml/text-templated-strings\na: x-(@= data.values.name @)-y", """{"a":"x-app-y"}""")]
    [InlineData("#@ load(\"@ytt:data\", \"data\")\n#! a comment\na: 1", """{"a":1}""")]
    public void Values_are_put_in(string template, string expected) =>
        new YttTemplate([new("schema.yml", Schema), new("t.yml", template)]).Render().Single().ToJsonString().ShouldBe(expected);

    [Theory]
    [InlineData("#@ if data.values.nested.on:\na: 1\n#@ end", "cannot render")]
    [InlineData("a: #@ data.values.name + \"x\"", "cannot render")]
    [InlineData("a: #@ data.values.missing", "no .missing field")]
    [InlineData("a: (@= data.values.missing @)", "no .missing field")]
    [InlineData("a: [", "Unmarshaling YAML template 't.yml'")]
    public void What_is_not_known_is_refused(string template, string message) =>
        Should.Throw<CarvelException>(() => new YttTemplate([new("schema.yml", Schema), new("t.yml", template)]).Render()).Message.ShouldContain(message);

    [Fact]
    public void Given_values_go_over_the_declared_ones()
    {
        var template = new YttTemplate([new("schema.yml", Schema), new("t.yml", "a: #@ data.values.nested.on\nb: #@ data.values.size")]);

        template.Values.Add(new JsonObject { ["nested"] = new JsonObject { ["on"] = false } }, "test");

        template.Render().Single().ToJsonString().ShouldBe("""{"a":false,"b":1}""");
    }
}
