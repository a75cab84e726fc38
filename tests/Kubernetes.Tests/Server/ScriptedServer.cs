using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Wego.Kubernetes.Tests;

/// <summary>
/// An HTTP server on loopback that a test programs: each <c>On</c> answers one request to a path, in order; the last answer
/// of a path repeats where it was added by <c>Always</c>. Requests nobody expected are answered 418.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<RequestDelegate>> _once = new();
    private readonly ConcurrentDictionary<string, RequestDelegate> _always = new();
    private readonly ConcurrentQueue<SeenRequest> _requests = new();
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _app;

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    /// <summary>Ends with the server: for answers that never end by themselves.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public static Task<ScriptedServer> StartAsync(TestTls? tls = null, int port = 0) => new ScriptedServer().StartOnAsync(tls, port);

    /// <summary>Answers the next request to a path, for example <c>GET /api/v1/configmaps</c>.</summary>
    public ScriptedServer On(string request, RequestDelegate answer)
    {
        _once.GetOrAdd(request, _ => new ConcurrentQueue<RequestDelegate>()).Enqueue(answer);
        return this;
    }

    public ScriptedServer On(string request, int status, string body, string contentType = "application/json") => On(request, Answer(status, body, contentType));

    /// <summary>Answers the next watch on a path; plain requests to it do not use it up.</summary>
    public ScriptedServer OnWatch(string request, RequestDelegate answer) => On(request + "?watch", answer);

    public ScriptedServer Always(string request, RequestDelegate answer)
    {
        _always[request] = answer;
        return this;
    }

    public ScriptedServer Always(string request, int status, string body, string contentType = "application/json") => Always(request, Answer(status, body, contentType));

    public static RequestDelegate Answer(int status, string body, string contentType = "application/json") => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body, context.RequestAborted);
    };

    public static RequestDelegate Throttled(int seconds, int status = 429) => context =>
    {
        context.Response.Headers.RetryAfter = seconds.ToString();
        return Answer(status, Json.Status(status, status == 429 ? "TooManyRequests" : "ServiceUnavailable", "come back later"))(context);
    };

    /// <summary>Answers nothing until the client goes away.</summary>
    public static async Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    public async ValueTask DisposeAsync()
    {
        // A test may stop the server before its end.
        if (Interlocked.Exchange(ref _app, null) is { } app)
        {
            await _stopping.CancelAsync();
            await app.DisposeAsync();
            _stopping.Dispose();
        }
    }

    private async Task<ScriptedServer> StartOnAsync(TestTls? tls, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (tls is not null)
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = tls.Server;
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.AllowAnyClientCertificate();
                });
            }
        }));
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return this;
    }

    private async Task HandleAsync(HttpContext context)
    {
        var seen = await SeenRequest.ReadAsync(context);
        _requests.Enqueue(seen);
        var key = $"{seen.Method} {seen.Path}";
        if (seen.Query.ContainsKey("watch") && _once.TryGetValue(key + "?watch", out var watches) && watches.TryDequeue(out var watch))
        {
            await watch(context);
        }
        else if (_once.TryGetValue(key, out var queue) && queue.TryDequeue(out var answer))
        {
            await answer(context);
        }
        else if (_always.TryGetValue(key, out answer))
        {
            await answer(context);
        }
        else
        {
            await Answer(418, $"nobody expected {key}", "text/plain")(context);
        }
    }
}
