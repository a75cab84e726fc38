using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Wego.Rpc.Client;
using Wego.Sandbox;
using Wego.Sandbox.Charts;
using Wego.Silo;

namespace Wego.EndToEnd;

/// <summary>
/// The whole server on a sandbox, in this process, on free ports, with the rights that the chart grants it. Fails when disposed on
/// unexpected error logs, and where it asked with its own identity for what it may not do.
/// </summary>
public sealed class WegoFixture : IAsyncLifetime
{
    private SandboxRun _sandbox = null!;
    private WebApplication _app = null!;

    public TestLog Log { get; } = new();

    public Uri Address { get; private set; } = null!;

    /// <summary>Where Prometheus would scrape; the same as <see cref="Address"/> without a setting for it.</summary>
    public Uri MetricsAddress => new(new Uri(_app.Urls.Last()), "/metrics");

    public SandboxServer Cluster => _sandbox.Server;

    public Uri SampleRepository => _sandbox.Repository.Address;

    public SampleRepository Sample => _sandbox.Repository;

    /// <summary>Settings to start with, beside the defaults.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>A server with settings of its own, for a test that must not share one.</summary>
    /// <param name="beforeStart">What happens to the cluster before the server starts; null for nothing.</param>
    /// <param name="settings">Settings beside the defaults, <c>Key=value</c>.</param>
    public static async Task<WegoFixture> StartAsync(Action<SandboxServer>? beforeStart, params string[] settings)
    {
        var wego = new WegoFixture();
        foreach (var setting in settings)
        {
            var parts = setting.Split('=', 2);
            wego.Settings[parts[0]] = parts[1];
        }

        wego._sandbox = await SandboxRun.StartAsync(repositoryPort: 0, CancellationToken.None);
        beforeStart?.Invoke(wego.Cluster);
        await wego.StartWegoAsync();
        return wego;
    }

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxRun.StartAsync(repositoryPort: 0, CancellationToken.None);
        await StartWegoAsync();
    }

    /// <summary>Stops the server and starts another one on the same cluster.</summary>
    public async Task RestartWegoAsync()
    {
        await StopWegoAsync();
        await StartWegoAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopWegoAsync();
        await _sandbox.DisposeAsync();
        Log.Dispose();
        Cluster.Requests.RefusedTo(SandboxTokens.ServiceUser).ShouldBeEmpty("rights that Wego lacks");
    }

    public RpcClient Client(RpcClientProtocol protocol = RpcClientProtocol.Grpc) => new(Address, protocol);

    /// <summary>One who calls with a token, or without.</summary>
    public User User(string? token, RpcClientProtocol protocol = RpcClientProtocol.Grpc) => new(Client(protocol), token);

    /// <summary>A REST client with a token.</summary>
    public HttpClient Rest(string? token)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        return client;
    }

    private async Task StopWegoAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task StartWegoAsync()
    {
        var settings = new SiloSettings
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            PluginDirectories = [Path.Combine(AppContext.BaseDirectory, "plugins")],
            ConfigurationArguments = [.. Settings.Select(s => $"--{s.Key}={s.Value}")],
        };
        _app = WegoHost.Build(settings, _sandbox.Configuration, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<ILoggerProvider>(new Unowned(Log));
            // A machine under load may take long over a large index, which is no failure of the server.
            builder.Services.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromMinutes(2));
        });
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    // The host must not dispose of the log: it outlives a restart.
    private sealed class Unowned(TestLog log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log.CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }
}
