using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Wego.Perf.Rpc;

/// <summary>The two servers that are compared: the same host, Kestrel and port kind, without logging.</summary>
internal static class EchoServers
{
    public const string Path = "/wego.perf.EchoService/Echo";

    /// <summary>Kestrel and nothing else: sends back the bytes it got. It knows no messages and sends no trailers.</summary>
    public static async Task<WebApplication> StartBareAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(async http =>
        {
            var reader = http.Request.BodyReader;
            var body = await reader.ReadAsync(http.RequestAborted);
            while (!body.IsCompleted)
            {
                reader.AdvanceTo(body.Buffer.Start, body.Buffer.End);
                body = await reader.ReadAsync(http.RequestAborted);
            }

            http.Response.ContentType = "application/grpc";
            await http.Response.StartAsync(http.RequestAborted);
            foreach (var segment in body.Buffer)
            {
                await http.Response.BodyWriter.WriteAsync(segment, http.RequestAborted);
            }

            reader.AdvanceTo(body.Buffer.End);
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>The echo service on Wego's RPC runtime.</summary>
    public static async Task<WebApplication> StartRpcAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenRpc(new IPEndPoint(IPAddress.Loopback, 0)));
        builder.Services.AddRpc();
        var app = builder.Build();
        app.MapRpcService(EchoReflection.Descriptor.Services[0], new EchoService());
        app.UseRpc();
        await app.StartAsync();
        return app;
    }
}
