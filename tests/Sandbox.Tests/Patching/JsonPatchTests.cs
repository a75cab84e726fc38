using System.Text.Json.Nodes;
using Wego.Sandbox.Patching;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Tests.Patching;

public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("""[{"op":"add","path":"/a~1b","value":1}]""", """{"list":[1,2],"x":{"y":3},"a/b":1}""")]
    [InlineData("""[{"op":"add","path":"/list/-","value":3},{"op":"add","path":"/list/0","value":0}]""", """{"list":[0,1,2,3],"x":{"y":3}}""")]
    [InlineData("""[{"op":"remove","path":"/list/0"}]""", """{"list":[2],"x":{"y":3}}""")]
    [InlineData("""[{"op":"replace","path":"/x/y","value":null}]""", """{"list":[1,2],"x":{"y":null}}""")]
    [InlineData("""[{"op":"move","from":"/x/y","path":"/z"}]""", """{"list":[1,2],"x":{},"z":3}""")]
    [InlineData("""[{"op":"copy","from":"/x","path":"/x2"},{"op":"test","path":"/x2","value":{"y":3.0}}]""", """{"list":[1,2],"x":{"y":3},"x2":{"y":3}}""")]
    public void A_patch_is_applied_operation_by_operation(string patch, string expected)
    {
        var result = JsonPatch.Apply(Target(), JsonNode.Parse(patch)!.AsArray());

        JsonNode.DeepEquals(result, JsonNode.Parse(expected)).ShouldBeTrue(result.ToJsonString());
    }

    [Theory]
    [InlineData("""[{"op":"test","path":"/x/y","value":4}]""", 422)]
    [InlineData("""[{"op":"remove","path":"/missing"}]""", 422)]
    [InlineData("""[{"op":"replace","path":"/missing","value":1}]""", 422)]
    [InlineData("""[{"op":"add","path":"/list/9","value":1}]""", 422)]
    [InlineData("""[{"op":"add","path":"/list/01","value":1}]""", 422)]
    [InlineData("""[{"op":"conjure","path":"/x"}]""", 400)]
    [InlineData("""[{"op":"add","path":"x","value":1}]""", 400)]
    [InlineData("""[{"op":"add","path":"/x"}]""", 400)]
    public void What_does_not_fit_is_refused(string patch, int code) =>
        Should.Throw<ApiException>(() => JsonPatch.Apply(Target(), JsonNode.Parse(patch)!.AsArray())).Code.ShouldBe(code);

    private static JsonObject Target() => JsonNode.Parse("""{"list":[1,2],"x":{"y":3}}""")!.AsObject();
}
