using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests.Rest;

public sealed class RestRequestBodyTests
{
    private const string Head = "POST /v1/things HTTP/1.0\nContent-Type: application/json";
    private const string GzipHead = Head + "\nContent-Encoding: gzip";
    private const int Limit = 10_000;

    [Fact]
    public async Task A_body_may_be_compressed()
    {
        var response = await SendAsync(GzipHead, Gzip("""{"name": "a"}"""u8));

        response.Status.ShouldBe(200);
        JsonNode.Parse(response.Text)!["name"]!.GetValue<string>().ShouldBe("a");
    }

    [Fact]
    public async Task A_body_may_begin_with_a_byte_order_mark() =>
        (await SendAsync(Head, [0xEF, 0xBB, 0xBF, .. """{"name": "a"}"""u8])).Status.ShouldBe(200);

    [Fact]
    public async Task A_body_that_is_not_utf8_is_refused() =>
        ShouldBeError(await SendAsync(Head, [.. "{\"name\": \""u8, 0xC3, 0x28, .. "\"}"u8]), 400, 3, "UTF-8");

    [Fact]
    public async Task A_body_over_the_limit_is_refused() =>
        ShouldBeError(await SendAsync(Head, Large()), 413, 8, "10000 bytes");

    [Fact]
    public async Task A_compressed_body_over_the_limit_is_refused_however_small_it_arrives()
    {
        var bomb = Gzip(Large());
        bomb.Length.ShouldBeLessThan(Limit);

        ShouldBeError(await SendAsync(GzipHead, bomb), 413, 8, "10000 bytes");
    }

    [Fact]
    public async Task A_truncated_compressed_body_is_refused() =>
        ShouldBeError(await SendAsync(GzipHead, Gzip("""{"name": "a long enough name"}"""u8)[..^9]), 400, 3, "gzip");

    [Fact]
    public async Task A_body_that_only_claims_to_be_compressed_is_refused() =>
        ShouldBeError(await SendAsync(GzipHead, Encoding.UTF8.GetBytes("""{"name": "no gzip at all"}""")), 400, 3, "gzip");

    [Fact]
    public async Task Nesting_beyond_reason_is_refused() =>
        ShouldBeError(await SendAsync(Head, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"child\":", 500)))), 400, 3, "JSON");

    [Fact]
    public async Task The_service_goes_on_after_every_refusal()
    {
        await using var server = await StartAsync();
        await RawHttp.SendAsync(server.Address, Head, Large());
        await RawHttp.SendAsync(server.Address, GzipHead, Gzip(Large()));

        (await RawHttp.SendAsync(server.Address, Head, "{}"u8.ToArray())).Status.ShouldBe(200);
    }

    private static Task<EchoServer> StartAsync() => RestServer.StartAsync(options => options.MaxReceiveMessageSize = Limit);

    private static async Task<RawResponse> SendAsync(string head, byte[] body)
    {
        await using var server = await StartAsync();
        return await RawHttp.SendAsync(server.Address, head, body);
    }

    private static void ShouldBeError(RawResponse response, int status, int code, string part)
    {
        response.Status.ShouldBe(status);
        var error = JsonNode.Parse(response.Text)!;
        error["code"]!.GetValue<int>().ShouldBe(code);
        error["message"]!.GetValue<string>().ShouldContain(part);
    }

    private static byte[] Large() => Encoding.UTF8.GetBytes($$"""{"name": "{{new string('x', 50_000)}}"}""");

    private static byte[] Gzip(ReadOnlySpan<byte> plain)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return output.ToArray();
    }
}
