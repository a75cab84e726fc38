using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Wego.Telemetry.Tests;

/// <summary>A server with telemetry and nothing else: it answers every request with "the application".</summary>
internal sealed class TelemetryHost : IAsyncDisposable
{
    /// <summary>Tests that start hosts take turns: what listens, listens to the whole process.</summary>
    public const string Collection = "hosts";

    private readonly WebApplication _app;
    private readonly TestLog _log = new();
    private readonly List<HttpClient> _clients = [];
    private readonly Meter _meter;
    private bool _isStopped;

    private TelemetryHost(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create<string, string?>(s[0], s[1])));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.AddWegoTelemetry("1.2.3");
        builder.Logging.AddProvider(_log);
        _app = builder.Build();
        _app.Run(context => context.Response.WriteAsync("the application"));
        _meter = new Meter("Wego.Test" + Guid.NewGuid().ToString("N"));
        Worked = _meter.CreateCounter<long>("wego.test.work", "{work}", "Work that tests do.");
        Activities = new ActivitySource(_meter.Name);
    }

    public Counter<long> Worked { get; }

    public ActivitySource Activities { get; }

    public TestLog Log => _log;

    public ICollection<string> Addresses => _app.Urls;

    public ILogger Logger => _app.Services.GetRequiredService<ILogger<TelemetryHost>>();

    public static async Task<TelemetryHost> StartAsync(params string[] settings)
    {
        var host = new TelemetryHost(settings);
        await host._app.StartAsync();
        return host;
    }

    public HttpClient Client(int address)
    {
        var client = new HttpClient { BaseAddress = new Uri(_app.Urls.ElementAt(address)) };
        _clients.Add(client);
        return client;
    }

    public void Work()
    {
        using var activity = Activities.StartActivity("work");
        activity?.SetTag("answer", 42);
        Worked.Add(1);
    }

    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _app.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        _clients.ForEach(c => c.Dispose());
        _meter.Dispose();
        Activities.Dispose();
        _log.Dispose();
    }
}
