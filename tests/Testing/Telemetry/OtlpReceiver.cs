using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Wego.Testing;

/// <summary>Receives OTLP, by HTTP and by gRPC, and decodes what tests look at by the field numbers of the published protocol.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentQueue<string> _logs = new();
    private readonly ConcurrentQueue<(string Path, string? Authorization)> _requests = new();
    private readonly ConcurrentDictionary<string, string> _metrics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _resource = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver(WebApplication app) => _app = app;

    public Uri HttpAddress => new(_app.Urls.ElementAt(0));

    public Uri GrpcAddress => new(_app.Urls.ElementAt(1));

    public IReadOnlyCollection<OtlpSpan> Spans => _spans;

    /// <summary>Texts and attributes of logs.</summary>
    public IReadOnlyCollection<string> Logs => _logs;

    /// <summary>Metrics and their units.</summary>
    public IDictionary<string, string> Metrics => _metrics;

    /// <summary>Who reported.</summary>
    public IDictionary<string, string> Resource => _resource;

    public IReadOnlyCollection<(string Path, string? Authorization)> Requests => _requests;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Run(receiver.ReceiveAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until it is so; it is asked after every request.</summary>
    public async Task WaitUntilAsync(Func<OtlpReceiver, bool> reached)
    {
        while (true)
        {
            var next = _next.Task;
            if (reached(this))
            {
                return;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var body = await ByteString.FromStreamAsync(context.Request.Body);
        var isGrpc = context.Request.ContentType == "application/grpc";
        var path = context.Request.Path.Value!;
        // A message of gRPC has a flag and its length before it.
        var message = new WireMessage(isGrpc ? ByteString.CopyFrom(body.Span[5..]) : body);
        Decode(path, message);
        _requests.Enqueue((path, context.Request.Headers.Authorization));
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        if (isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        else
        {
            context.Response.ContentType = "application/x-protobuf";
        }
    }

    private void Decode(string path, WireMessage request)
    {
        foreach (var resource in request.Messages(1))
        {
            foreach (var (key, value) in Attributes(resource.Message(1), 1))
            {
                _resource[key] = value;
            }

            foreach (var scope in resource.Messages(2))
            {
                foreach (var item in scope.Messages(2))
                {
                    if (path.Contains("trace", StringComparison.OrdinalIgnoreCase))
                    {
                        _spans.Enqueue(Span(scope.Message(1)?.Text(1) ?? "", item));
                    }
                    else if (path.Contains("metrics", StringComparison.OrdinalIgnoreCase))
                    {
                        _metrics[item.Text(1)] = item.Text(3);
                    }
                    else
                    {
                        _logs.Enqueue($"{Value(item.Message(5))} {string.Join(' ', Attributes(item, 6).Select(a => $"{a.Key}={a.Value}"))}");
                    }
                }
            }
        }
    }

    private static OtlpSpan Span(string scope, WireMessage span) => new(
        span.Hex(1), span.Hex(2), span.Hex(4), scope, span.Text(5), (OtlpSpanKind)span.Number(6), Attributes(span, 9), span.Message(15)?.Number(3) == 2);

    private static Dictionary<string, string> Attributes(WireMessage? owner, int number)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in owner?.Messages(number) ?? [])
        {
            attributes[attribute.Text(1)] = Value(attribute.Message(2));
        }

        return attributes;
    }

    private static string Value(WireMessage? value) => value switch
    {
        null => "",
        _ when value.Has(2) => value.Number(2) == 1 ? "true" : "false",
        _ when value.Has(3) => value.Number(3).ToString(CultureInfo.InvariantCulture),
        _ when value.Has(4) => BitConverter.UInt64BitsToDouble(value.Number(4)).ToString(CultureInfo.InvariantCulture),
        _ => value.Text(1),
    };
}
