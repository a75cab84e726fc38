using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wego.Rpc.Client;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests;

/// <summary>One cleartext port for all versions of HTTP.</summary>
public sealed class ListenerTests
{
    [Fact]
    public async Task Http10_is_delimited_by_the_end_of_the_connection()
    {
        await using var server = await EchoServer.StartAsync();
        using var tcp = await ConnectAsync(server);
        var body = new CallFormat("application/grpc-web").Body(0, new EchoRequest { Message = "m", Count = 2 }.ToByteArray());
        await tcp.GetStream().WriteAsync((byte[])
        [
            .. Encoding.ASCII.GetBytes(
                "POST /apis/wego.rpc.test.v1.EchoService/Repeat HTTP/1.0\r\nHost: x\r\nConnection: close\r\n"
                + $"Content-Type: application/grpc-web+proto\r\nContent-Length: {body.Length}\r\n\r\n"),
            .. body,
        ]);
        using var reader = new StreamReader(tcp.GetStream(), Encoding.Latin1);
        var response = await reader.ReadToEndAsync();
        response.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        response.ShouldNotContain("transfer-encoding", Case.Insensitive);
        response.ShouldNotContain("content-length", Case.Insensitive);
        response.ShouldContain("grpc-status: 0\r\n");
    }

    [Fact]
    public async Task Preface_in_pieces_is_recognised()
    {
        await using var server = await EchoServer.StartAsync();
        using var tcp = await ConnectAsync(server);
        var stream = tcp.GetStream();
        foreach (var b in "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray())
        {
            await stream.WriteAsync((byte[])[b]);
        }

        await stream.WriteAsync((byte[])[0, 0, 0, 4, 0, 0, 0, 0, 0]);
        var header = new byte[9];
        await stream.ReadExactlyAsync(header);
        header[3].ShouldBe((byte)4, "the server's first frame is SETTINGS");
    }

    [Fact]
    public async Task Silent_connections_hold_up_nobody_and_end_with_the_server()
    {
        var server = await EchoServer.StartAsync();
        var silent = new List<TcpClient>();
        for (var i = 0; i < 20; i++)
        {
            silent.Add(await ConnectAsync(server));
            await silent[^1].GetStream().WriteAsync("PRI"u8.ToArray());
        }

        using (var client = new RpcClient(server.Address))
        {
            var echo = EchoReflection.Descriptor.Services[0].FindMethodByName("Echo");
            (await client.CallAsync<EchoResponse>(echo, new EchoRequest { Message = "m" })).Message.ShouldBe("m");
        }

        await server.DisposeAsync();
        foreach (var tcp in silent)
        {
            // Either an orderly end or a reset.
            var read = await Record.ExceptionAsync(async () => (await tcp.GetStream().ReadAsync(new byte[1])).ShouldBe(0));
            (read is null or IOException).ShouldBeTrue(read?.ToString());
            tcp.Dispose();
        }
    }

    [Fact]
    public async Task Silent_connection_is_closed_after_a_while()
    {
        var clock = new FakeTimeProvider();
        await using var server = await EchoServer.StartAsync(services: s => s.AddSingleton<TimeProvider>(clock));
        using var tcp = await ConnectAsync(server);
        await clock.WaitForTimersAsync();
        clock.Advance(TimeSpan.FromSeconds(31));
        var read = await Record.ExceptionAsync(async () => (await tcp.GetStream().ReadAsync(new byte[1])).ShouldBe(0));
        (read is null or IOException).ShouldBeTrue(read?.ToString());
    }

    [Fact]
    public async Task Connection_that_closes_at_once_does_no_harm()
    {
        await using var server = await EchoServer.StartAsync();
        (await ConnectAsync(server)).Dispose();
        using var client = new WireClient(server.Address);
        (await client.CallAsync(new("application/json"), "Echo", new EchoRequest())).HttpStatus.ShouldBe(200);
    }

    [Fact]
    public async Task Host_can_be_disposed_of_without_having_been_stopped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenRpc(new IPEndPoint(IPAddress.Loopback, 0)));
        builder.Services.AddRpc();
        var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(app.Urls.First());

        await app.DisposeAsync();

        using var tcp = new TcpClient();
        await Should.ThrowAsync<SocketException>(() => tcp.ConnectAsync(address.Host, address.Port));
    }

    private static async Task<TcpClient> ConnectAsync(EchoServer server)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Address.Host, server.Address.Port);
        return tcp;
    }
}
