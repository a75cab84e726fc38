using Wego.Rpc.Rest.Templates;

namespace Wego.Rpc.Tests.Rest;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("/v1/things", "/v1/things")]
    [InlineData("/v1/{name}/x", "/v1/*/x")]
    [InlineData("/v1/{a.b=shelves/*}/books/{c=**}:read", "/v1/shelves/*/books/**:read")]
    [InlineData("/v1/{a=**}/versions", "/v1/**/versions")]
    public void A_template_has_a_shape(string text, string shape) => PathTemplateParser.Parse(text).Shape.ShouldBe(shape);

    [Theory]
    [InlineData("v1", "does not begin with '/'")]
    [InlineData("/v1//x", "a segment is missing at position 4")]
    [InlineData("/v1/", "a segment is missing at position 4")]
    [InlineData("/v1/{name", "'name' has no closing brace")]
    [InlineData("/v1/{}", "a field name is missing")]
    [InlineData("/v1/{a={b}}", "a segment is missing")]
    [InlineData("/v1/{a=**}/{b=**}", "more than one '**'")]
    [InlineData("/v1/x:", "a verb is missing")]
    [InlineData("/v1/x}", "'}' is not expected at position 5")]
    public void A_malformed_template_says_what_is_wrong(string text, string why) =>
        Should.Throw<FormatException>(() => PathTemplateParser.Parse(text)).Message.ShouldContain(why);
}
