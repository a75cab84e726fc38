using System.Text;
using System.Text.Json.Nodes;
using Wego.Sandbox.Protobuf;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Tests;

public sealed class ProtobufTests
{
    [Fact]
    public void A_config_map_is_read_field_by_field()
    {
        byte[] entry = [.. Field(1, "key"), .. Field(2, "value")];
        byte[] metadata = [.. Field(1, "settings"), .. Field(3, ""), .. Field(11, [.. Field(1, "app"), .. Field(2, "a")])];
        byte[] raw = [.. Field(1, metadata), .. Field(2, entry), 4 << 3, 1];

        var body = ProtobufBody.Read(Envelope("v1", "ConfigMap", raw));

        JsonNode.DeepEquals(
            body,
            JsonNode.Parse("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","labels":{"app":"a"}},"data":{"key":"value"},"immutable":true}"""))
            .ShouldBeTrue(body.ToJsonString());
    }

    [Fact]
    public void Bytes_become_base64()
    {
        byte[] raw = [.. Field(2, [.. Field(1, "key"), .. Field(2, "value")])];

        ProtobufBody.Read(Envelope("v1", "Secret", raw))["data"]!["key"]!.GetValue<string>().ShouldBe("dmFsdWU=");
    }

    [Fact]
    public void What_is_not_known_is_refused_rather_than_lost()
    {
        Should.Throw<ApiException>(() => ProtobufBody.Read(Envelope("v1", "Mystery", []))).Code.ShouldBe(415);
        Should.Throw<ApiException>(() => ProtobufBody.Read(Envelope("v1", "ConfigMap", Field(15, "x")))).Message.ShouldContain("field 15 of ConfigMap");
    }

    [Theory]
    [InlineData("00")]
    [InlineData("6b38730012")]
    [InlineData("6b38730012ff01")]
    [InlineData("6b387300ffffffffffffffffffff01")]
    public void Malformed_bytes_are_a_bad_request(string hex) =>
        Should.Throw<ApiException>(() => ProtobufBody.Read(Convert.FromHexString(hex))).Code.ShouldBe(400);

    private static byte[] Envelope(string apiVersion, string kind, byte[] raw) =>
        [.. "k8s\0"u8, .. Field(1, [.. Field(1, apiVersion), .. Field(2, kind)]), .. Field(2, raw)];

    private static byte[] Field(int number, string value) => Field(number, Encoding.UTF8.GetBytes(value));

    private static byte[] Field(int number, byte[] value) => [(byte)((number << 3) | 2), (byte)value.Length, .. value];
}
