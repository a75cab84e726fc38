using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Wego.Kubernetes;

/// <summary>Reads a watch: one JSON document per line, however long up to a bound.</summary>
internal sealed class WatchReader(ApiRequest request, KubernetesClientOptions options, TimeProvider time)
{
    public async IAsyncEnumerable<WatchEvent> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024));
        using var idle = new CancellationTokenSource(options.WatchIdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        long searched = 0;
        try
        {
            while (true)
            {
                // The watchdog runs while waiting for the server, not while the consumer is busy.
                idle.CancelAfter(options.WatchIdleTimeout);
                var read = await ReadAsync(pipe, idle.Token, either.Token, cancellationToken);
                idle.CancelAfter(Timeout.InfiniteTimeSpan);

                var buffer = read.Buffer;
                while (TryTakeLine(ref buffer, searched, read.IsCompleted, out var line))
                {
                    searched = 0;
                    if (Parse(line) is { } change)
                    {
                        yield return change;
                    }
                }

                // What was searched in vain is not searched again when the next piece of a long event arrives.
                searched = buffer.Length;
                if (buffer.Length > options.MaxWatchEventBytes)
                {
                    throw new KubernetesException(KubernetesFailure.TooLarge, $"{request}: an event is larger than the bound of {options.MaxWatchEventBytes} bytes.");
                }

                pipe.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                {
                    yield break;
                }
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private async Task<ReadResult> ReadAsync(PipeReader pipe, CancellationToken idle, CancellationToken either, CancellationToken caller)
    {
        try
        {
            return await pipe.ReadAsync(either);
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            throw new KubernetesException(KubernetesFailure.Timeout, $"{request}: neither an event nor a bookmark within {options.WatchIdleTimeout.TotalSeconds:0} s.");
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, long searched, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (buffer.Slice(searched).PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        if (!isLast || buffer.IsEmpty)
        {
            return false;
        }

        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private WatchEvent? Parse(in ReadOnlySequence<byte> line)
    {
        string? type = null;
        JsonElement? element = null;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read())
            {
                return null;
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw Garbage();
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("type"u8);
                var isObject = reader.ValueTextEquals("object"u8);
                reader.Read();
                if (isType)
                {
                    type = reader.GetString();
                }
                else if (isObject && reader.TokenType == JsonTokenType.StartObject)
                {
                    element = JsonElement.ParseValue(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A blank line is nothing; half a document is what a broken connection leaves behind.
            return IsBlank(line) ? null : throw Garbage(e);
        }

        if (element is not { } found)
        {
            throw Garbage();
        }

        var value = new KubernetesObject(found);
        return type switch
        {
            "ADDED" => new WatchEvent(WatchEventType.Added, value),
            "MODIFIED" => new WatchEvent(WatchEventType.Modified, value),
            "DELETED" => new WatchEvent(WatchEventType.Deleted, value),
            "BOOKMARK" => new WatchEvent(WatchEventType.Bookmark, value),
            "ERROR" => throw StatusReader.FromStatus(request.ToString(), value),
            _ => throw Garbage(),
        };
    }

    private static bool IsBlank(in ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }

    private KubernetesException Garbage(Exception? inner = null) =>
        new(KubernetesFailure.Unavailable, $"{request}: a line of the answer is no watch event.", inner: inner);
}
