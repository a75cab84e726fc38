using System.Net;
using Google.Protobuf;

namespace Wego.Rpc.Tests.Support;

/// <summary>Sends requests byte by byte as a test wants them.</summary>
public sealed class WireClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    public Task<WireResponse> CallAsync(
        CallFormat format, string method, IMessage message, Version? version = null, params (string Name, string Value)[] headers) =>
        SendAsync(format, "/wego.rpc.test.v1.EchoService/" + method, format.Body(0, format.Serialize(message)), version, headers);

    public async Task<WireResponse> SendAsync(
        CallFormat format, string path, byte[] body, Version? version = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = version ?? (format.IsGrpc ? HttpVersion.Version20 : HttpVersion.Version11),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", format.ContentType);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _http.SendAsync(request);
        return await WireResponse.ReadAsync(format, response);
    }

    public void Dispose() => _http.Dispose();
}
