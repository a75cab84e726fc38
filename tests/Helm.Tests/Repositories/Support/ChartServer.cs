using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Wego.Helm.Tests.Repositories;

/// <summary>A chart repository over loopback HTTP, or a proxy to one; <see cref="Answer"/> may take over.</summary>
internal sealed class ChartServer : IAsyncDisposable
{
    public const string Index = """
        apiVersion: v1
        entries:
          web:
            - {name: web, version: 1.1.0, appVersion: "7", description: A chart, keywords: [http], urls: [web-1.1.0.tgz]}
            - {name: web, version: 1.0.0, appVersion: "6", description: A chart, urls: [web-1.0.0.tgz]}
          broken:
            - {name: broken, description: without a version}
          redis:
            - {name: redis, version: 2.0.0, description: A store, annotations: {category: Database}, maintainers: [{name: anna}], urls: [redis-2.0.0.tgz]}
        """;

    private readonly WebApplication _app;

    private ChartServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/charts";

    /// <summary>What is answered in place of the usual; false leaves it to that.</summary>
    public Func<HttpContext, bool> Answer { get; set; } = _ => false;

    /// <summary>The address, host and Authorization of every request.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public static byte[] Archive { get; } = Pack();

    public static async Task<ChartServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        var server = new ChartServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        Requests.Enqueue($"{context.Request.Path} {context.Request.Host} {context.Request.Headers.Authorization}");
        if (Answer(context))
        {
            return;
        }

        if (context.Request.Path.Value!.EndsWith(".tgz", StringComparison.Ordinal))
        {
            await context.Response.Body.WriteAsync(Archive);
            return;
        }

        context.Response.Headers.ETag = "\"one\"";
        await context.Response.WriteAsync(Index);
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
