using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.EndToEnd;

/// <summary>gRPC-Web in its binary form, framed by hand: what a browser sends and gets.</summary>
internal sealed class GrpcWebClient(Uri address, string token) : IDisposable
{
    private const byte TrailersFlag = 0x80;
    private readonly HttpClient _http = new() { BaseAddress = address };

    public async Task<TResponse> CallAsync<TResponse>(MethodDescriptor method, IMessage request, CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>
    {
        TResponse? only = null;
        await foreach (var message in StreamAsync<TResponse>(method, request, cancellationToken))
        {
            only.ShouldBeNull();
            only = message;
        }

        return only.ShouldNotBeNull();
    }

    public async IAsyncEnumerable<TResponse> StreamAsync<TResponse>(MethodDescriptor method, IMessage request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/{method.Service.FullName}/{method.Name}") { Content = new ByteArrayContent(Frame(request.ToByteArray())) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc-web+proto");
        message.Headers.Authorization = new("Bearer", token);
        message.Headers.Add("X-Grpc-Web", "1");
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        ((int)response.StatusCode).ShouldBe(200);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/grpc-web+proto");
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var prefix = new byte[5];
        while (true)
        {
            await body.ReadExactlyAsync(prefix, cancellationToken);
            var payload = new byte[BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1))];
            await body.ReadExactlyAsync(payload, cancellationToken);
            if ((prefix[0] & TrailersFlag) != 0)
            {
                Status(Encoding.ASCII.GetString(payload)).ShouldBe(0);
                yield break;
            }

            yield return (TResponse)method.OutputType.Parser.ParseFrom(payload);
        }
    }

    public void Dispose() => _http.Dispose();

    private static byte[] Frame(byte[] message)
    {
        var frame = new byte[message.Length + 5];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame.AsSpan(5));
        return frame;
    }

    private static int Status(string trailers) => int.Parse(
        trailers.Split("\r\n").Single(line => line.StartsWith("grpc-status:", StringComparison.OrdinalIgnoreCase))["grpc-status:".Length..],
        CultureInfo.InvariantCulture);
}
