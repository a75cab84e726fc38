using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Wego.Rpc.Rest;

/// <summary>How the messages of a streaming method follow each other in a response.</summary>
/// <param name="ContentType">The content type of the response.</param>
internal sealed record RestStreamFormat(string ContentType)
{
    private const string EventStreamType = "text/event-stream";

    /// <summary>One JSON object per line, under the content type that other transcoders send.</summary>
    public static RestStreamFormat Lines { get; } = new("application/json");

    /// <summary>
    /// Server-sent events (HTML standard, 9.2) with the same JSON objects as data. Errors have no event type of their own:
    /// browsers use the name <c>error</c> for a broken connection.
    /// </summary>
    public static RestStreamFormat Events { get; } = new(EventStreamType);

    /// <summary>The format that a client asks for.</summary>
    public static RestStreamFormat For(HttpRequest request) =>
        request.Headers.Accept.Any(value => value?.Contains(EventStreamType, StringComparison.OrdinalIgnoreCase) == true) ? Events : Lines;

    public void Begin(IBufferWriter<byte> output, bool isError)
    {
        if (this == Events)
        {
            output.Write("data: "u8);
        }

        output.Write(isError ? "{\"error\":"u8 : "{\"result\":"u8);
    }

    public void End(IBufferWriter<byte> output) => output.Write(this == Events ? "}\n\n"u8 : "}\n"u8);
}
