using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Wego.Conformance;

/// <summary>Serves a case's folder <c>repository</c>, and the answers of <c>answers.json</c>, over HTTP.</summary>
internal sealed class CaseRepository : IAsyncDisposable
{
    private readonly string _folder;
    private readonly IReadOnlyList<CaseHttpAnswer> _answers;
    private readonly WebApplication _app;

    private CaseRepository(string folder, IReadOnlyList<CaseHttpAnswer> answers, WebApplication app) => (_folder, _answers, _app) = (folder, answers, app);

    /// <summary>Host and port.</summary>
    public string Authority => new Uri(_app.Urls.First()).Authority;

    public static async Task<CaseRepository> StartAsync(string folder, IReadOnlyList<CaseHttpAnswer> answers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var repository = new CaseRepository(folder, answers, builder.Build());
        repository._app.Run(repository.AnswerAsync);
        await repository._app.StartAsync(cancellationToken);
        return repository;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Path.Value!);
        var header = context.Request.Headers.Authorization.ToString();
        if (_answers.FirstOrDefault(a => a.Path == path && (a.Authorization is null || a.Authorization == header)) is { } answer)
        {
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.ContentType;
            await context.Response.WriteAsync(answer.Body.Replace(ConformanceCase.Repository, Authority, StringComparison.Ordinal), context.RequestAborted);
            return;
        }

        var file = Path.GetFullPath(Path.Combine(_folder, path.TrimStart('/')));
        if (Directory.Exists(file) && file.EndsWith(".tgz", StringComparison.Ordinal))
        {
            await context.Response.Body.WriteAsync(ChartArchive.Pack(file), context.RequestAborted);
        }
        else if (File.Exists(file))
        {
            var text = await File.ReadAllTextAsync(file, context.RequestAborted);
            await context.Response.WriteAsync(text.Replace(ConformanceCase.Repository, Authority, StringComparison.Ordinal), context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
