using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wego.Rpc.Tests.Protos;

namespace Wego.Rpc.Tests.Support;

/// <summary>The echo service on a real Kestrel, on a free port of the loopback interface.</summary>
public sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoServer(WebApplication app, TestLog log, EchoServiceImplementation service)
    {
        _app = app;
        Log = log;
        Service = service;
        Address = new Uri(app.Urls.First());
    }

    public Uri Address { get; }

    public TestLog Log { get; }

    public EchoServiceImplementation Service { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<EchoServer> StartAsync(
        Action<RpcOptions>? configure = null, Action<IServiceCollection>? services = null, Action<WebApplication>? app = null)
    {
        var log = new TestLog();
        var service = new EchoServiceImplementation();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Information);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenRpc(new IPEndPoint(IPAddress.Loopback, 0)));
        services?.Invoke(builder.Services);
        builder.Services.AddRpc(configure);
        var host = builder.Build();
        host.MapRpcService(EchoReflection.Descriptor.Services[0], service);
        host.UseRpc();
        app?.Invoke(host);
        await host.StartAsync();
        return new EchoServer(host, log, service);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Log.Dispose();
    }
}
