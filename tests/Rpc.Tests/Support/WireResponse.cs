using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace Wego.Rpc.Tests.Support;

/// <summary>A response taken apart by a format's rules, again apart from the product's own code.</summary>
public sealed class WireResponse
{
    public int HttpStatus { get; private init; }

    public RpcStatusCode? Code { get; private set; }

    public string Message { get; private set; } = string.Empty;

    public List<byte[]> Payloads { get; } = [];

    /// <summary>How many payloads came compressed.</summary>
    public int Compressed { get; private set; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, string> Trailers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string ContentType => Headers["content-type"];

    public static async Task<WireResponse> ReadAsync(CallFormat format, HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        var result = new WireResponse { HttpStatus = (int)response.StatusCode };
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            result.Headers[name] = string.Join(',', values);
        }

        if (format.IsConnectUnary)
        {
            result.ReadConnectUnary(body);
            return result;
        }

        if (response.StatusCode != System.Net.HttpStatusCode.OK)
        {
            return result;
        }

        foreach (var (name, values) in response.TrailingHeaders)
        {
            result.Trailers[name] = string.Join(',', values);
        }

        result.ReadEnvelopes(format.IsText ? DecodePadded(body) : body);
        if (!format.IsConnectStreaming)
        {
            result.ReadGrpcStatus(result.Trailers.ContainsKey("grpc-status") ? result.Trailers : result.Headers);
        }

        return result;
    }

    public T Parse<T>(CallFormat format, int index = 0)
        where T : IMessage<T>, new() => format.IsJson
        ? JsonParser.Default.Parse<T>(Encoding.UTF8.GetString(Payloads[index]))
        : new MessageParser<T>(() => new T()).ParseFrom(Payloads[index]);

    private static byte[] DecodePadded(byte[] text) =>
        [.. Enumerable.Range(0, text.Length / 4).SelectMany(i => Convert.FromBase64String(Encoding.ASCII.GetString(text, i * 4, 4)))];

    private static byte[] Gunzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        gzip.CopyTo(output);
        return output.ToArray();
    }

    private void ReadConnectUnary(byte[] body)
    {
        foreach (var (name, value) in Headers.Where(h => h.Key.StartsWith("trailer-", StringComparison.OrdinalIgnoreCase)))
        {
            Trailers[name["trailer-".Length..]] = value;
        }

        if (Headers.TryGetValue("content-encoding", out var encoding) && encoding == "gzip")
        {
            Compressed++;
            body = Gunzip(body);
        }

        if (HttpStatus == 200)
        {
            Code = RpcStatusCode.OK;
            Payloads.Add(body);
        }
        else if (body.Length > 0)
        {
            using var json = JsonDocument.Parse(body);
            ReadConnectError(json.RootElement);
        }
    }

    private void ReadEnvelopes(byte[] body)
    {
        var rest = body.AsSpan();
        while (rest.Length > 0)
        {
            var flags = rest[0];
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(rest[1..]);
            var payload = rest.Slice(5, length).ToArray();
            rest = rest[(5 + length)..];
            if ((flags & 1) != 0)
            {
                Compressed++;
                payload = Gunzip(payload);
            }

            switch (flags & ~1)
            {
                case 0:
                    Payloads.Add(payload);
                    break;
                case 0x80:
                    foreach (var line in Encoding.UTF8.GetString(payload).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
                    {
                        Trailers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
                    }

                    break;
                case 2:
                    using (var json = JsonDocument.Parse(payload))
                    {
                        Code = RpcStatusCode.OK;
                        if (json.RootElement.TryGetProperty("metadata", out var metadata))
                        {
                            foreach (var entry in metadata.EnumerateObject())
                            {
                                Trailers[entry.Name] = string.Join(',', entry.Value.EnumerateArray().Select(v => v.GetString()));
                            }
                        }

                        if (json.RootElement.TryGetProperty("error", out var error))
                        {
                            ReadConnectError(error);
                        }
                    }

                    break;
                default:
                    throw new InvalidDataException($"unexpected flags {flags}");
            }
        }
    }

    private void ReadGrpcStatus(Dictionary<string, string> from)
    {
        Code = (RpcStatusCode)int.Parse(from["grpc-status"]);
        Message = from.TryGetValue("grpc-message", out var message) ? Uri.UnescapeDataString(message) : string.Empty;
    }

    private void ReadConnectError(JsonElement error)
    {
        var name = error.GetProperty("code").GetString()!.Replace("_", string.Empty).Replace("canceled", "cancelled");
        Code = Enum.Parse<RpcStatusCode>(name, ignoreCase: true);
        Message = error.TryGetProperty("message", out var message) ? message.GetString()! : string.Empty;
    }
}
