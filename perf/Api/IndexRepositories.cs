using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Wego.Perf.Catalogue;

namespace Wego.Perf.Api;

/// <summary>The real indexes, each served as a repository over loopback HTTP.</summary>
internal sealed class IndexRepositories : IAsyncDisposable
{
    public static readonly string[] Names = ["bitnami", "prometheus"];

    private readonly WebApplication _app;

    private IndexRepositories(WebApplication app) => _app = app;

    /// <returns>Null where the indexes are absent.</returns>
    public static async Task<IndexRepositories?> StartAsync()
    {
        var files = Names.Select(n => IndexFile.Find($"{n}-index.yaml.xz")).OfType<string>().ToArray();
        if (files.Length < Names.Length)
        {
            return null;
        }

        var contents = await Task.WhenAll(files.Select(IndexFile.ReadAsync));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async http =>
        {
            var index = Array.FindIndex(Names, n => http.Request.Path == $"/{n}/index.yaml");
            http.Response.StatusCode = index < 0 ? 404 : 200;
            if (index >= 0)
            {
                http.Response.ContentType = "text/yaml";
                http.Response.ContentLength = contents[index].Length;
                await http.Response.Body.WriteAsync(contents[index], http.RequestAborted);
            }
        });
        await app.StartAsync();
        return new IndexRepositories(app);
    }

    public Uri Address(string name) => new(new Uri(_app.Urls.First()), name);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
