using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Wego.EndToEnd;

/// <summary>A chart repository on loopback that answers as a test wants.</summary>
public sealed class ChartServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile RequestDelegate _answer = http =>
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    private ChartServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(http => _answer(http));
    }

    public Uri Address => new(_app.Urls.First());

    public static async Task<ChartServer> StartAsync()
    {
        var server = new ChartServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The address of one of several repositories on this server.</summary>
    public Uri Repository(string path) => new(Address, path);

    public void Answer(RequestDelegate answer) => _answer = answer;

    public void AnswerText(string text, string contentType = "text/yaml") => AnswerBytes(Encoding.UTF8.GetBytes(text), contentType);

    public void AnswerBytes(byte[] content, string contentType = "text/yaml") => Answer(http => WriteAsync(http, content, contentType));

    /// <summary>Serves an index per path, for example <c>/one/index.yaml</c>.</summary>
    public void AnswerPaths(IReadOnlyDictionary<string, byte[]> content) => Answer(http =>
    {
        if (content.TryGetValue(http.Request.Path.Value!, out var found))
        {
            return WriteAsync(http, found, "text/yaml");
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task WriteAsync(HttpContext http, byte[] content, string contentType)
    {
        http.Response.ContentType = contentType;
        await http.Response.Body.WriteAsync(content, http.RequestAborted);
    }
}
