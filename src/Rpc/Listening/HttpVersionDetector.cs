using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Wego.Rpc.Listening;

/// <summary>
/// Tells HTTP/2 with prior knowledge from HTTP/1.x by the connection preface (RFC 9113, 3.4), which no HTTP/1.x request can
/// begin with. The bytes stay in the pipe.
/// </summary>
internal static class HttpVersionDetector
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Reads until the version is certain; <see cref="HttpProtocols.None"/> where the connection ends before.</summary>
    public static async ValueTask<HttpProtocols> DetectAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var version = Detect(result.Buffer);
            // Nothing is consumed. What is certain is left unexamined too, so that the next reader gets it at once.
            input.AdvanceTo(result.Buffer.Start, version == HttpProtocols.None ? result.Buffer.End : result.Buffer.Start);
            if (version != HttpProtocols.None || result.IsCompleted || result.IsCanceled)
            {
                return version;
            }
        }
    }

    private static HttpProtocols Detect(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[Preface.Length];
        start = start[..(int)Math.Min(buffer.Length, Preface.Length)];
        buffer.Slice(0, start.Length).CopyTo(start);
        if (!Preface.StartsWith(start))
        {
            return HttpProtocols.Http1;
        }

        return start.Length == Preface.Length ? HttpProtocols.Http2 : HttpProtocols.None;
    }
}
