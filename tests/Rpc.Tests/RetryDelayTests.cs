using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Wego.Rpc.Client;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests;

/// <summary>When to try again is told in the words of each protocol.</summary>
public sealed class RetryDelayTests
{
    [Theory]
    [InlineData("application/grpc", "grpc-retry-pushback-ms", "1250")]
    [InlineData("application/proto", "Retry-After", "2")]
    public async Task The_header_of_the_protocol_says_when(string contentType, string header, string value)
    {
        await using var server = await StartAsync(TimeSpan.FromMilliseconds(1250));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/wego.rpc.test.v1.EchoService/Echo"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
        };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.Headers.GetValues(header).ShouldBe([value]);
    }

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task The_client_reads_it_from_the_status(RpcClientProtocol protocol)
    {
        await using var server = await StartAsync(TimeSpan.FromMilliseconds(1250));
        using var client = new RpcClient(server.Address, protocol);

        var error = await Should.ThrowAsync<RpcException>(() => client.CallAsync<EchoResponse>(
            EchoReflection.Descriptor.Services[0].FindMethodByName("Echo"), new EchoRequest(), cancellationToken: TestContext.Current.CancellationToken));

        RetryDelay.Find(error.Status).ShouldBe(TimeSpan.FromMilliseconds(1250));
    }

    [Fact]
    public void A_status_without_it_has_none() => RetryDelay.Find(new RpcStatus(RpcStatusCode.Unavailable, "")).ShouldBeNull();

    private static Task<EchoServer> StartAsync(TimeSpan delay) =>
        EchoServer.StartAsync(services: s => s.AddSingleton<IRpcInterceptor>(new Refusal(new RpcStatus(RpcStatusCode.Unavailable, "later", [RetryDelay.ToDetail(delay)]))));

    private sealed class Refusal(RpcStatus status) : IRpcInterceptor
    {
        public Task InterceptAsync(RpcContext context, RpcHandler next) => throw new RpcException(status);
    }
}
