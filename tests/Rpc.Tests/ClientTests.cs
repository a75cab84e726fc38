using Google.Protobuf.Reflection;
using Wego.Rpc.Client;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests;

/// <summary>The client, by both of its protocols.</summary>
public sealed class ClientTests
{
    private static readonly ServiceDescriptor Service = EchoReflection.Descriptor.Services[0];

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task Unary_call_with_metadata(RpcClientProtocol protocol)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new RpcClient(server.Address, protocol);
        var options = new RpcCallOptions { Timeout = TimeSpan.FromMinutes(1) };
        options.Headers.AppendBinary("x-echo-data-bin", [0, 1, 2, 255]);
        options.Headers["t-echo-end"] = "over";
        var response = await client.CallAsync<EchoResponse>(Service.FindMethodByName("Echo"), new EchoRequest { Message = "m" }, options);
        response.Message.ShouldBe("m");
        options.ResponseHeaders.GetBinary("x-echo-data-bin").ShouldHaveSingleItem().ShouldBe(new byte[] { 0, 1, 2, 255 });
        options.ResponseTrailers["t-echo-end"].ToString().ShouldBe("over");
    }

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task Large_answers_come_compressed_and_whole(RpcClientProtocol protocol)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new RpcClient(server.Address, protocol);
        var request = new EchoRequest { ResponseSize = 5_000_000, Count = 2 };
        (await client.CallAsync<EchoResponse>(Service.FindMethodByName("Echo"), request)).Data.Length.ShouldBe(5_000_000);
        await foreach (var response in client.StreamAsync<EchoResponse>(Service.FindMethodByName("Repeat"), request))
        {
            response.Data.Length.ShouldBe(5_000_000);
        }
    }

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task Errors_carry_code_text_and_details(RpcClientProtocol protocol)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new RpcClient(server.Address, protocol);
        var request = new FailRequest { Code = (int)RpcStatusCode.FailedPrecondition, Message = "nö %", Detail = "because" };
        var error = await Should.ThrowAsync<RpcException>(() => client.CallAsync<EchoResponse>(Service.FindMethodByName("Fail"), request));
        error.Code.ShouldBe(RpcStatusCode.FailedPrecondition);
        error.Message.ShouldBe("nö %");
        error.Details.ShouldHaveSingleItem().Unpack<FailDetail>().Text.ShouldBe("because");

        var received = new List<EchoResponse>();
        error = await Should.ThrowAsync<RpcException>(async () =>
        {
            await foreach (var response in client.StreamAsync<EchoResponse>(Service.FindMethodByName("FailLater"), request))
            {
                received.Add(response);
            }
        });
        received.ShouldHaveSingleItem().Message.ShouldBe("first");
        error.Details.ShouldHaveSingleItem().Unpack<FailDetail>().Text.ShouldBe("because");
    }

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task Cancelling_reaches_the_service(RpcClientProtocol protocol)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new RpcClient(server.Address, protocol);
        using var cancel = new CancellationTokenSource();
        var call = client.CallAsync<EchoResponse>(Service.FindMethodByName("Hang"), new EchoRequest(), null, cancel.Token);
        await server.Service.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await server.Service.Stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task Leaving_a_stream_cancels_it(RpcClientProtocol protocol)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new RpcClient(server.Address, protocol);
        await foreach (var response in client.StreamAsync<EchoResponse>(Service.FindMethodByName("HangLater"), new EchoRequest { Message = "flushed" }))
        {
            // It arrives while the method still runs: each message is flushed.
            response.Message.ShouldBe("flushed");
            server.Service.Stopped.Task.IsCompleted.ShouldBeFalse();
            break;
        }

        await server.Service.Stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task Deadline_ends_the_call(RpcClientProtocol protocol)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new RpcClient(server.Address, protocol);
        var options = new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(50) };
        var error = await Should.ThrowAsync<RpcException>(() => client.CallAsync<EchoResponse>(Service.FindMethodByName("Hang"), new EchoRequest(), options));
        error.Code.ShouldBe(RpcStatusCode.DeadlineExceeded);
    }

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task Server_that_is_not_there_is_unavailable(RpcClientProtocol protocol)
    {
        using var client = new RpcClient(new Uri("http://127.0.0.1:1"), protocol);
        var error = await Should.ThrowAsync<RpcException>(() => client.CallAsync<EchoResponse>(Service.FindMethodByName("Echo"), new EchoRequest()));
        error.Code.ShouldBe(RpcStatusCode.Unavailable);
    }

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task Method_that_is_not_served_is_unimplemented(RpcClientProtocol protocol)
    {
        await using var server = await EchoServer.StartAsync();
        using var client = new RpcClient(new Uri(server.Address, "/elsewhere"), protocol);
        var error = await Should.ThrowAsync<RpcException>(() => client.CallAsync<EchoResponse>(Service.FindMethodByName("Echo"), new EchoRequest()));
        error.Code.ShouldBe(RpcStatusCode.Unimplemented);
    }
}
