using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests.Rest;

public sealed class RestStreamTests
{
    [Fact]
    public async Task Messages_are_lines_with_a_result()
    {
        await using var server = await RestServer.StartAsync();

        var response = await RawHttp.SendAsync(server.Address, "GET /v1/watch?name=a&number=2 HTTP/1.0\nAuthorization: Bearer secret");

        response.Status.ShouldBe(200);
        response.Headers["Content-Type"].ShouldBe("application/json");
        response.Headers["X-Accel-Buffering"].ShouldBe("no");
        response.Headers["Grpc-Metadata-Rpc"].ShouldBe("Watch");
        response.Headers["Grpc-Metadata-Token"].ShouldBe("secret");
        response.Text.ShouldBe("""
            {"result":{ "name": "a" }}
            {"result":{ "name": "a", "number": 1 }}

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Messages_are_events_where_the_client_asks_for_them()
    {
        await using var server = await RestServer.StartAsync();

        var response = await RawHttp.SendAsync(server.Address, "GET /v1/watch?name=a&number=1&flag=true HTTP/1.0\nAccept: text/event-stream");

        response.Headers["Content-Type"].ShouldBe("text/event-stream");
        response.Headers["Cache-Control"].ShouldBe("no-cache");
        response.Text.ShouldBe("""
            data: {"result":{ "name": "a" }}

            data: {"error":{"code":14,"message":"the watch broke","details":[]}}


            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_failure_after_the_first_message_is_the_last_line()
    {
        await using var server = await RestServer.StartAsync();

        var response = await RawHttp.SendAsync(server.Address, "GET /v1/watch?number=1&flag=true HTTP/1.0");

        response.Status.ShouldBe(200);
        response.Text.Split('\n')[1].ShouldBe("""{"error":{"code":14,"message":"the watch broke","details":[]}}""");
    }

    [Fact]
    public async Task A_failure_before_the_first_message_has_a_status_of_its_own()
    {
        await using var server = await RestServer.StartAsync();

        var response = await RawHttp.SendAsync(server.Address, "GET /v1/watch?flag=true HTTP/1.0");

        response.Status.ShouldBe(503);
        response.Text.ShouldBe("""{"code":14,"message":"the watch broke","details":[]}""");
    }

    [Fact]
    public async Task A_stream_without_messages_is_empty()
    {
        await using var server = await RestServer.StartAsync();

        var response = await RawHttp.SendAsync(server.Address, "GET /v1/watch HTTP/1.0");

        response.Status.ShouldBe(200);
        response.Text.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_message_arrives_before_the_next_exists(string version)
    {
        await using var server = await RestServer.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/v1/hang?name=first"))
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(body);

        (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("""{"result":{ "name": "first" }}""");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_stream_ends_with_its_caller(string version)
    {
        var things = new ThingServiceImplementation();
        await using var server = await RestServer.StartAsync(things: things);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/v1/hang"))
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        response.Dispose();

        await things.Stopped.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stream_ends_with_the_server()
    {
        await using var server = await RestServer.StartAsync();
        using var client = new HttpClient();
        await using var body = await client.GetStreamAsync(new Uri(server.Address, "/v1/hang?name=first"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(body);
        await reader.ReadLineAsync(TestContext.Current.CancellationToken);

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        // The delay differs from stream to stream, so that not all come back at one moment.
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldMatch(
            """^\{"error":\{"code":14,"message":"The server is stopping; connect again.","details":\[\{\s*"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "0(\.\d+)?s"\s*\}\]\}\}\n$""");
    }

    [Fact]
    public async Task A_deadline_ends_a_stream_with_an_error()
    {
        await using var server = await RestServer.StartAsync();

        var response = await RawHttp.SendAsync(server.Address, "GET /v1/hang?name=first HTTP/1.0\nGrpc-Timeout: 200m");

        response.Text.Split('\n')[1].ShouldContain("\"code\":4");
    }

    [Fact]
    public async Task A_unary_call_past_its_deadline_is_a_gateway_timeout()
    {
        await using var server = await RestServer.StartAsync();

        var response = await RawHttp.SendAsync(server.Address, "GET /v1/things HTTP/1.0\nGrpc-Timeout: 0n");

        response.Status.ShouldBe((int)HttpStatusCode.GatewayTimeout);
    }
}
