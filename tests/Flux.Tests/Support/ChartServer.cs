using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Wego.Flux.Tests;

/// <summary>A chart repository over loopback HTTP with one chart in two versions, of which <c>Answer</c> may take over.</summary>
internal sealed class ChartServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ChartServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/charts";

    /// <summary>The Authorization header that is needed, or null for none.</summary>
    public string? Authorization { get; set; }

    /// <summary>The status in place of an answer, or 0.</summary>
    public int Status { get; set; }

    public int FullDownloads { get; private set; }

    public static async Task<ChartServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        var server = new ChartServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        const string Tag = "\"one\"";
        if (Status != 0 || (Authorization is not null && context.Request.Headers.Authorization != Authorization))
        {
            context.Response.StatusCode = Status != 0 ? Status : 401;
        }
        else if (context.Request.Path.Value!.EndsWith(".tgz", StringComparison.Ordinal))
        {
            await context.Response.Body.WriteAsync(Pack());
        }
        else if (context.Request.Headers.IfNoneMatch == Tag)
        {
            context.Response.StatusCode = 304;
        }
        else
        {
            FullDownloads++;
            context.Response.Headers.ETag = Tag;
            await context.Response.WriteAsync("""
                apiVersion: v1
                entries:
                  web:
                    - {name: web, version: 1.1.0, appVersion: "7", description: A chart, urls: [web-1.1.0.tgz]}
                    - {name: web, version: 1.0.0, appVersion: "6", description: A chart, urls: [web-1.0.0.tgz]}
                """);
        }
    }

    private static byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(packed, CompressionLevel.Fastest), TarEntryFormat.Pax))
        {
            foreach (var (path, text) in new[] { ("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.1.0\n"), ("web/values.yaml", "replicas: 1\n"), ("web/README.md", "# web\n") })
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return packed.ToArray();
    }
}
