using System.Net;
using System.Text;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests;

/// <summary>What no client should send: each gets a clear status, and the service goes on.</summary>
public sealed class BadInputTests
{
    private const string Service = "/wego.rpc.test.v1.EchoService/";

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public Task Truncated_frame(string contentType) => ExpectAsync(
        contentType, f => f.Finish([0, 0, 0, 0, 9, 1, 2, 3]), RpcStatusCode.InvalidArgument, "middle of a message");

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public Task Truncated_frame_header(string contentType) => ExpectAsync(
        contentType, f => f.Finish([0, 0, 0]), RpcStatusCode.InvalidArgument, "middle of a message");

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public Task Unknown_flags(string contentType) => ExpectAsync(
        contentType, f => f.Body(0x40, f.Serialize(new EchoRequest())), RpcStatusCode.InvalidArgument, "flags 0x40");

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public Task No_message(string contentType) => ExpectAsync(contentType, f => f.Body(0), RpcStatusCode.InvalidArgument, "no message");

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public Task Two_messages(string contentType) => ExpectAsync(
        contentType, f => f.Body(0, f.Serialize(new EchoRequest()), f.Serialize(new EchoRequest())), RpcStatusCode.InvalidArgument, "more than one message");

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public Task Frame_that_announces_too_much(string contentType) => ExpectAsync(
        contentType, f => f.Finish([0, 0xff, 0xff, 0xff, 0xff, 1]), RpcStatusCode.ResourceExhausted, "65536 bytes");

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Oversized_message(string contentType) => ExpectAsync(
        contentType, f => f.Body(0, f.Serialize(new EchoRequest { Message = new string('x', 70_000) })), RpcStatusCode.ResourceExhausted, "65536 bytes");

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Bytes_that_are_no_message(string contentType) => ExpectAsync(
        contentType, f => f.Body(0, f.IsJson ? """{"count":"many"}"""u8.ToArray() : [0x0a, 0x7f, 0x01]), RpcStatusCode.InvalidArgument, "wego.rpc.test.v1.EchoRequest");

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Text_that_is_not_utf8(string contentType) => ExpectAsync(
        contentType,
        f => f.Body(0, f.IsJson ? [.. "{\"message\":\""u8, 0xff, 0xfe, .. "\"}"u8] : [0x0a, 0x02, 0xff, 0xfe]),
        RpcStatusCode.InvalidArgument,
        "UTF-8");

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Message_nested_too_deep(string contentType) => ExpectAsync(
        contentType, f => f.Body(0, f.IsJson ? Encoding.ASCII.GetBytes(new string('[', 50_000)) : [0x22, 0xff]), RpcStatusCode.InvalidArgument, "EchoRequest");

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Truncated_gzip(string contentType) => ExpectAsync(
        contentType,
        f => f.Body(1, Gzip.Compress(f.Serialize(new EchoRequest { Message = "whole" }))[..^9]),
        RpcStatusCode.InvalidArgument,
        "gzip",
        f => (f.EncodingHeader, "gzip"));

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Damaged_gzip(string contentType) => ExpectAsync(
        contentType, f => f.Body(1, "not gzip at all, but long enough"u8.ToArray()), RpcStatusCode.InvalidArgument, "gzip", f => (f.EncodingHeader, "gzip"));

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Gzip_bomb(string contentType) => ExpectAsync(
        contentType,
        f => f.Body(1, Gzip.Compress(new byte[30_000_000])),
        RpcStatusCode.ResourceExhausted,
        "65536 bytes",
        f => (f.EncodingHeader, "gzip"));

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public Task Compressed_message_without_a_named_encoding(string contentType) => ExpectAsync(
        contentType, f => f.Body(1, Gzip.Compress(f.Serialize(new EchoRequest()))), RpcStatusCode.Internal, "encoding");

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Unknown_encoding(string contentType) => ExpectAsync(
        contentType, f => f.Body(0, f.Serialize(new EchoRequest())), RpcStatusCode.Unimplemented, "'br'", f => (f.EncodingHeader, "br"));

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Malformed_timeout(string contentType) => ExpectAsync(
        contentType, f => f.Body(0, f.Serialize(new EchoRequest())), RpcStatusCode.InvalidArgument, "timeout", f => (f.TimeoutHeader, "soon"));

    [Theory]
    [MemberData(nameof(CallFormats.Unary), MemberType = typeof(CallFormats))]
    public Task Method_that_the_class_lacks(string contentType) => ExpectAsync(
        contentType, f => f.Body(0, f.Serialize(new EchoRequest())), RpcStatusCode.Unimplemented, "wego.rpc.test.v1.EchoService.Missing", path: Service + "Missing");

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Unknown_method(string contentType) => ExpectAsync(
        contentType, f => f.Body(0, f.Serialize(new EchoRequest())), RpcStatusCode.Unimplemented, Service + "Nothing", path: "/apis" + Service + "Nothing");

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public Task Unknown_service(string contentType) => ExpectAsync(
        contentType,
        f => f.Body(0, f.Serialize(new EchoRequest())),
        RpcStatusCode.Unimplemented,
        "/some.Service/Method",
        f => ("connect-protocol-version", "1"),
        "/some.Service/Method");

    [Theory]
    [InlineData("application/proto")]
    [InlineData("application/connect+json")]
    public Task Unknown_version_of_connect(string contentType) => ExpectAsync(
        contentType, f => f.Body(0, f.Serialize(new EchoRequest())), RpcStatusCode.InvalidArgument, "connect-protocol-version", f => ("connect-protocol-version", "2"));

    [Fact]
    public Task Text_that_is_not_base64() => ExpectAsync(
        "application/grpc-web-text", _ => "&&&&####"u8.ToArray(), RpcStatusCode.InvalidArgument, "base64");

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/grpc+thrift")]
    [InlineData("")]
    public async Task Content_type_of_no_protocol_is_415(string contentType)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var response = await client.SendAsync(new(contentType), Service + "Echo", [], HttpVersion.Version11);
        response.HttpStatus.ShouldBe(415);
        response.Headers["accept-post"].ShouldContain("application/connect+proto");
    }

    [Theory]
    [InlineData("application/json", "Repeat")]
    [InlineData("application/connect+json", "Echo")]
    public async Task Connect_format_that_does_not_fit_the_kind_of_method_is_415(string contentType, string method)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        (await client.SendAsync(new(contentType), Service + method, "{}"u8.ToArray())).HttpStatus.ShouldBe(415);
    }

    [Fact]
    public async Task Grpc_over_http1_is_505()
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var format = new CallFormat("application/grpc");
        (await client.CallAsync(format, "Echo", new EchoRequest(), HttpVersion.Version11)).HttpStatus.ShouldBe(505);
    }

    [Fact]
    public async Task Other_http_methods_are_405()
    {
        await using var server = await EchoServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        using var response = await http.GetAsync(new Uri(Service + "Echo", UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task Random_bytes_never_end_the_service()
    {
        await using var server = await EchoServer.StartAsync(o => o.MaxReceiveMessageSize = 65536);
        using var client = new WireClient(server.Address);
        var random = new Random(20260);
        foreach (var format in CallFormat.All)
        {
            for (var i = 0; i < 40; i++)
            {
                var body = new byte[random.Next(0, 64)];
                random.NextBytes(body);
                if (body.Length > 5 && i % 2 == 0)
                {
                    // A valid header gets the noise as far as the parser.
                    (body[0], body[1], body[2], body[3], body[4]) = (0, 0, 0, 0, (byte)(body.Length - 5));
                }

                var response = await client.SendAsync(format, Service + (format.IsConnectStreaming ? "Repeat" : "Echo"), format.Finish(body));
                response.Code.ShouldNotBeNull();
                response.Code.ShouldBeOneOf(RpcStatusCode.OK, RpcStatusCode.InvalidArgument, RpcStatusCode.ResourceExhausted, RpcStatusCode.Internal);
            }
        }
    }

    private static async Task ExpectAsync(
        string contentType, Func<CallFormat, byte[]> body, RpcStatusCode code, string text, Func<CallFormat, (string, string)>? header = null, string? path = null)
    {
        var format = new CallFormat(contentType);
        await using var server = await EchoServer.StartAsync(o => o.MaxReceiveMessageSize = 65536);
        using var client = new WireClient(server.Address);
        path ??= Service + (format.IsConnectStreaming ? "Repeat" : "Echo");
        var response = await client.SendAsync(format, path, body(format), null, header is null ? [] : [header(format)]);
        response.Code.ShouldBe(code);
        response.Message.ShouldContain(text);

        var method = format.IsConnectStreaming ? "Repeat" : "Echo";
        var next = await client.CallAsync(format, method, new EchoRequest { Message = "still here", Count = 1 });
        next.Parse<EchoResponse>(format).Message.ShouldBe("still here");
    }
}
