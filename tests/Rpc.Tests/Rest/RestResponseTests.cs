using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests.Rest;

public sealed class RestResponseTests
{
    [Theory]
    [InlineData(RpcStatusCode.Cancelled, 499)]
    [InlineData(RpcStatusCode.Unknown, 500)]
    [InlineData(RpcStatusCode.InvalidArgument, 400)]
    [InlineData(RpcStatusCode.DeadlineExceeded, 504)]
    [InlineData(RpcStatusCode.NotFound, 404)]
    [InlineData(RpcStatusCode.AlreadyExists, 409)]
    [InlineData(RpcStatusCode.PermissionDenied, 403)]
    [InlineData(RpcStatusCode.ResourceExhausted, 429)]
    [InlineData(RpcStatusCode.FailedPrecondition, 400)]
    [InlineData(RpcStatusCode.Aborted, 409)]
    [InlineData(RpcStatusCode.OutOfRange, 400)]
    [InlineData(RpcStatusCode.Unimplemented, 501)]
    [InlineData(RpcStatusCode.Internal, 500)]
    [InlineData(RpcStatusCode.Unavailable, 503)]
    [InlineData(RpcStatusCode.DataLoss, 500)]
    [InlineData(RpcStatusCode.Unauthenticated, 401)]
    public async Task Status_codes_become_http_statuses(RpcStatusCode code, int status)
    {
        await using var server = await RestServer.StartAsync();

        var response = await RawHttp.SendAsync(server.Address, $"GET /v1/fail?number={(int)code}&name=why HTTP/1.0");

        response.Status.ShouldBe(status);
        JsonNode.Parse(response.Text)!["code"]!.GetValue<int>().ShouldBe((int)code);
        response.Headers.ContainsKey("WWW-Authenticate").ShouldBe(status == 401);
    }

    [Fact]
    public async Task A_method_without_a_binding_cannot_be_reached()
    {
        await using var server = await RestServer.StartAsync();

        var response = await RawHttp.SendAsync(server.Address, "GET /wego.rpc.test.v1.ThingService/Unbound/x HTTP/1.0");

        response.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Another_method_names_the_allowed_ones()
    {
        await using var server = await RestServer.StartAsync();

        var response = await RawHttp.SendAsync(server.Address, "PATCH /v1/things/apple HTTP/1.0\nContent-Length: 0");

        response.Headers["Allow"].ShouldBe("DELETE, GET, PUT");
    }

    [Fact]
    public async Task A_large_response_is_compressed_where_the_client_accepts_it()
    {
        await using var server = await RestServer.StartAsync(options => options.CompressionThreshold = 1000);
        var name = new string('n', 2000);

        var plain = await RawHttp.SendAsync(server.Address, $"GET /v1/things?name={name} HTTP/1.0\nAccept-Encoding: gzip;q=0");
        var compressed = await RawHttp.SendAsync(server.Address, $"GET /v1/things?name={name} HTTP/1.0\nAccept-Encoding: br, gzip");

        plain.Headers.ContainsKey("Content-Encoding").ShouldBeFalse();
        compressed.Headers["Content-Encoding"].ShouldBe("gzip");
        compressed.Headers["Vary"].ShouldBe("Accept-Encoding");
        compressed.Body.Length.ShouldBeLessThan(1000);
        await using var gzip = new GZipStream(new MemoryStream(compressed.Body), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(plain.Text);
    }

    [Fact]
    public async Task A_response_over_the_limit_is_an_error()
    {
        await using var server = await RestServer.StartAsync(options => options.MaxSendMessageSize = 100);

        var response = await RawHttp.SendAsync(server.Address, $"GET /v1/things?name={new string('n', 200)} HTTP/1.0");

        response.Status.ShouldBe(429);
        response.Text.ShouldContain("Ask for less at a time");
    }

    [Fact]
    public async Task The_prefix_is_whole_segments()
    {
        await using var server = await RestServer.StartAsync();

        (await RawHttp.SendAsync(server.Address, "GET /apisv1/things HTTP/1.0")).Status.ShouldBe(404);
        (await RawHttp.SendAsync(server.Address, "GET /apis HTTP/1.0")).Status.ShouldBe(404);
    }
}
