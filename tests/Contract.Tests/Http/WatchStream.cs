using System.Text;
using System.Text.Json.Nodes;

namespace Wego.Contract.Tests.Http;

/// <summary>An open watch. Reading waits for the event, for a bounded time.</summary>
public sealed class WatchStream(HttpResponseMessage response, Stream stream) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StreamReader _reader = new(stream, Encoding.UTF8);
    private readonly List<string> _seen = [];

    /// <summary>The content type of the stream.</summary>
    public string? ContentType => response.Content.Headers.ContentType?.ToString();

    /// <summary>The next event, or null where the server ended the watch.</summary>
    public async Task<WatchedEvent?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, TestContext.Current.CancellationToken);
        string? line;
        try
        {
            line = await _reader.ReadLineAsync(either.Token);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            throw new ShouldAssertException($"No event arrived. Seen so far:\n{string.Join('\n', _seen)}", e);
        }

        if (string.IsNullOrEmpty(line))
        {
            return null;
        }

        _seen.Add(line);
        var json = JsonNode.Parse(line)!;
        return new WatchedEvent(json.Text("/type"), json["object"]!.AsObject());
    }

    /// <summary>Asserts type and name of the next event, bookmarks aside.</summary>
    public async Task<WatchedEvent> ExpectAsync(string type, string name)
    {
        var next = await NextAsync();
        while (next?.Type == "BOOKMARK")
        {
            next = await NextAsync();
        }

        next.ShouldNotBeNull($"The server ended the watch. Seen so far:\n{string.Join('\n', _seen)}");
        $"{next.Type} {next.Object.At("/metadata/name")}".ShouldBe($"{type} {name}", next.Object.ToJsonString());
        return next;
    }

    /// <summary>Reads on to the first event that matches.</summary>
    public async Task<WatchedEvent> UntilAsync(Func<WatchedEvent, bool> match)
    {
        while (await NextAsync() is { } next)
        {
            if (match(next))
            {
                return next;
            }
        }

        throw new ShouldAssertException($"The server ended the watch before the expected event. Seen so far:\n{string.Join('\n', _seen)}");
    }

    /// <summary>Reads on until the object is gone.</summary>
    public Task<WatchedEvent> UntilDeletedAsync(string name) =>
        UntilAsync(e => e.Type == "DELETED" && e.Object.Text("/metadata/name") == name);

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
