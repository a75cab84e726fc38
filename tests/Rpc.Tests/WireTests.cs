using System.Net;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests;

/// <summary>Every format on the wire, as its specification has it.</summary>
public sealed class WireTests
{
    [Theory]
    [MemberData(nameof(CallFormats.Unary), MemberType = typeof(CallFormats))]
    public async Task Unary_call_is_answered_on_every_http_version(string contentType)
    {
        var format = new CallFormat(contentType);
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        foreach (var version in format.IsGrpc ? [HttpVersion.Version20] : new[] { HttpVersion.Version10, HttpVersion.Version11, HttpVersion.Version20 })
        {
            var response = await client.CallAsync(format, "Echo", new EchoRequest { Message = "grüß dich" }, version);
            response.HttpStatus.ShouldBe(200);
            response.ContentType.ShouldBe(contentType);
            response.Code.ShouldBe(RpcStatusCode.OK);
            response.Parse<EchoResponse>(format).Message.ShouldBe("grüß dich");
        }
    }

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public async Task Server_stream_is_answered_on_every_http_version(string contentType)
    {
        var format = new CallFormat(contentType);
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        foreach (var version in format.IsGrpc ? [HttpVersion.Version20] : new[] { HttpVersion.Version10, HttpVersion.Version11, HttpVersion.Version20 })
        {
            var response = await client.CallAsync(format, "Repeat", new EchoRequest { Message = "m", Count = 3 }, version);
            response.Code.ShouldBe(RpcStatusCode.OK);
            response.Payloads.Count.ShouldBe(3);
            response.Parse<EchoResponse>(format, 2).Index.ShouldBe(2);
            response.Trailers["t-echo-count"].ShouldBe("3");
            response.Headers["x-accel-buffering"].ShouldBe("no");
        }
    }

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public async Task Empty_stream_ends_with_OK(string contentType)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var response = await client.CallAsync(new(contentType), "Repeat", new EchoRequest());
        response.Code.ShouldBe(RpcStatusCode.OK);
        response.Payloads.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public async Task Client_and_bidi_streams_are_answered(string contentType)
    {
        var format = new CallFormat(contentType);
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var body = format.Body(0, format.Serialize(new EchoRequest { Message = "a" }), format.Serialize(new EchoRequest { Message = "b" }));
        var collected = await client.SendAsync(format, "/wego.rpc.test.v1.EchoService/Collect", body);
        collected.Parse<EchoResponse>(format).Message.ShouldBe("a,b");
        var chat = await client.SendAsync(format, "/wego.rpc.test.v1.EchoService/Chat", body);
        chat.Payloads.Count.ShouldBe(2);
        chat.Parse<EchoResponse>(format, 1).Message.ShouldBe("b");
    }

    [Theory]
    [MemberData(nameof(CallFormats.Unary), MemberType = typeof(CallFormats))]
    public async Task Error_carries_code_text_and_trailers(string contentType)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var response = await client.CallAsync(
            new(contentType), "Fail", new FailRequest { Code = (int)RpcStatusCode.NotFound, Message = "no such thing: 100% weg für immer\n", Detail = "why" });
        response.Code.ShouldBe(RpcStatusCode.NotFound);
        response.Message.ShouldBe("no such thing: 100% weg für immer\n");
        response.Payloads.ShouldBeEmpty();
        (response.Trailers.GetValueOrDefault("t-echo-failed") ?? response.Headers.GetValueOrDefault("t-echo-failed")).ShouldBe("yes");
    }

    [Theory]
    [MemberData(nameof(CallFormats.Streaming), MemberType = typeof(CallFormats))]
    public async Task Error_after_the_first_message_comes_after_it(string contentType)
    {
        var format = new CallFormat(contentType);
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var response = await client.CallAsync(format, "FailLater", new FailRequest { Code = (int)RpcStatusCode.Aborted, Message = "lost" });
        response.Parse<EchoResponse>(format).Message.ShouldBe("first");
        response.Code.ShouldBe(RpcStatusCode.Aborted);
        response.Message.ShouldBe("lost");
    }

    [Theory]
    [MemberData(nameof(CallFormats.Unary), MemberType = typeof(CallFormats))]
    public async Task Defect_is_logged_and_told_in_general_terms(string contentType)
    {
        await using var server = await EchoServer.StartAsync();
        server.Log.Expect(e => e.Exception is InvalidOperationException { Message: "secret-of-the-house" });
        using var client = new WireClient(server.Address);
        var response = await client.CallAsync(new(contentType), "Fail", new FailRequest { Crash = true });
        response.Code.ShouldBe(RpcStatusCode.Internal);
        response.Message.ShouldNotContain("secret-of-the-house");
        server.Log.Entries.ShouldContain(e => e.Exception != null && e.Message.Contains("/wego.rpc.test.v1.EchoService/Fail"));
    }

    [Theory]
    [MemberData(nameof(CallFormats.Unary), MemberType = typeof(CallFormats))]
    public async Task Metadata_comes_and_goes(string contentType)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var response = await client.CallAsync(
            new(contentType), "Echo", new EchoRequest(), null, ("x-echo-text", "one"), ("x-echo-data-bin", "AAEC"), ("t-echo-end", "two"));
        response.Headers["x-echo-text"].ShouldBe("one");
        response.Headers["x-echo-data-bin"].ShouldBe("AAEC");
        response.Trailers["t-echo-end"].ShouldBe("two");
    }

    [Theory]
    [MemberData(nameof(CallFormats.Unary), MemberType = typeof(CallFormats))]
    public async Task Deadline_ends_the_call(string contentType)
    {
        var format = new CallFormat(contentType);
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        // Long enough for the call to reach the service on a busy machine first.
        var timeout = format.TimeoutHeader == "grpc-timeout" ? "1500m" : "1500";
        var response = await client.CallAsync(format, "Hang", new EchoRequest(), null, (format.TimeoutHeader, timeout));
        response.Code.ShouldBe(RpcStatusCode.DeadlineExceeded);
        await server.Service.Stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [MemberData(nameof(CallFormats.All), MemberType = typeof(CallFormats))]
    public async Task Gzip_works_both_ways(string contentType)
    {
        var format = new CallFormat(contentType);
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var request = Gzip.Compress(format.Serialize(new EchoRequest { Message = "packed", ResponseSize = 10_000, Count = 1 }));
        var response = await client.SendAsync(
            format,
            "/wego.rpc.test.v1.EchoService/" + (format.IsConnectStreaming ? "Repeat" : "Echo"),
            format.Body(1, request),
            null,
            (format.EncodingHeader, "gzip"),
            (format.AcceptEncodingHeader, "gzip"));
        response.Code.ShouldBe(RpcStatusCode.OK);
        response.Compressed.ShouldBe(1);
        response.Parse<EchoResponse>(format).Message.ShouldBe("packed");
        response.Parse<EchoResponse>(format).Data.Length.ShouldBe(10_000);
    }

    [Theory]
    [MemberData(nameof(CallFormats.Unary), MemberType = typeof(CallFormats))]
    public async Task Response_is_not_compressed_unless_asked_for(string contentType)
    {
        var format = new CallFormat(contentType);
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var response = await client.CallAsync(format, "Echo", new EchoRequest { ResponseSize = 10_000 }, null, (format.AcceptEncodingHeader, "identity, gzip;q=0"));
        response.Compressed.ShouldBe(0);
        response.Parse<EchoResponse>(format).Data.Length.ShouldBe(10_000);
    }

    [Theory]
    [MemberData(nameof(CallFormats.Unary), MemberType = typeof(CallFormats))]
    public async Task Prefix_that_a_proxy_left_is_stripped(string contentType)
    {
        var format = new CallFormat(contentType);
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var response = await client.SendAsync(
            format, "/apis/wego.rpc.test.v1.EchoService/Echo", format.Body(0, format.Serialize(new EchoRequest { Message = "m" })));
        response.Parse<EchoResponse>(format).Message.ShouldBe("m");
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc-web")]
    [InlineData("application/proto")]
    public async Task Any_whose_type_url_has_no_slash_arrives(string contentType)
    {
        var format = new CallFormat(contentType);
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var custom = new Any { TypeUrl = "wego.rpc.test.v1.FailDetail", Value = new FailDetail { Text = "t" }.ToByteString() };
        var response = await client.CallAsync(format, "Echo", new EchoRequest { Custom = custom });
        response.Parse<EchoResponse>(format).CustomTypeUrl.ShouldBe("wego.rpc.test.v1.FailDetail");
    }

    [Fact]
    public async Task Json_ignores_unknown_fields_and_knows_the_types_of_Any()
    {
        var format = new CallFormat("application/json");
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var body = """{"message":"m","nobody":{"knows":1},"custom":{"@type":"type.googleapis.com/wego.rpc.test.v1.FailDetail","text":"t"}}""";
        var response = await client.SendAsync(format, "/wego.rpc.test.v1.EchoService/Echo", Encoding.UTF8.GetBytes(body));
        Encoding.UTF8.GetString(response.Payloads[0])
            .ShouldBe("""{ "message": "m", "customTypeUrl": "type.googleapis.com/wego.rpc.test.v1.FailDetail" }""");
    }

    [Fact]
    public async Task Padding_in_the_middle_of_grpc_web_text_is_read()
    {
        var format = new CallFormat("application/grpc-web-text");
        await using var server = await EchoServer.StartAsync();
        using var client = new WireClient(server.Address);
        var plain = new CallFormat("application/grpc-web").Body(0, new EchoRequest { Message = "in pieces" }.ToByteArray());
        var body = Convert.ToBase64String(plain[..7]) + Convert.ToBase64String(plain[7..]);
        var response = await client.SendAsync(format, "/wego.rpc.test.v1.EchoService/Echo", Encoding.ASCII.GetBytes(body));
        response.Parse<EchoResponse>(format).Message.ShouldBe("in pieces");
    }
}
