using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Wego.Kubernetes.Tests;

/// <summary>An open watch that the test feeds, ends or breaks.</summary>
public sealed class ScriptedWatch
{
    private readonly Channel<string?> _lines = Channel.CreateUnbounded<string?>();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a client has opened it.</summary>
    public Task Opened => _opened.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Completes when the client has gone or the watch has ended.</summary>
    public Task Closed => _closed.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public ScriptedWatch Send(string text)
    {
        _lines.Writer.TryWrite(text);
        return this;
    }

    /// <summary>Ends the response as a server does at a watch's timeout.</summary>
    public void End() => _lines.Writer.TryComplete();

    /// <summary>Cuts the connection.</summary>
    public void Break() => _lines.Writer.TryWrite(null);

    public RequestDelegate Answer(CancellationToken stopping) => async context =>
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await context.Response.StartAsync(both.Token);
        await context.Response.Body.FlushAsync(both.Token);
        _opened.TrySetResult();
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(both.Token))
            {
                if (line is null)
                {
                    context.Abort();
                    return;
                }

                await context.Response.WriteAsync(line, both.Token);
                await context.Response.Body.FlushAsync(both.Token);
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            _closed.TrySetResult();
        }
    };
}
