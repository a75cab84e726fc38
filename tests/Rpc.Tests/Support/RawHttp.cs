using System.Net.Sockets;
using System.Text;

namespace Wego.Rpc.Tests.Support;

/// <summary>Sends exactly the given bytes, where a client library would tidy them up, and reads until the server closes.</summary>
internal static class RawHttp
{
    public static async Task<RawResponse> SendAsync(Uri address, ReadOnlyMemory<byte> request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request, TestContext.Current.CancellationToken);
        using var response = new MemoryStream();
        await stream.CopyToAsync(response, TestContext.Current.CancellationToken);
        return RawResponse.Parse(response.ToArray());
    }

    /// <summary>Sends a HTTP/1.0 request; its answer is never chunked and ends with the connection.</summary>
    public static Task<RawResponse> SendAsync(Uri address, string head, byte[]? body = null)
    {
        var length = body is null ? "" : $"Content-Length: {body.Length}\r\n";
        return SendAsync(address, (byte[])[.. Encoding.Latin1.GetBytes(head.TrimEnd().ReplaceLineEndings("\r\n") + "\r\n" + length + "\r\n"), .. body ?? []]);
    }
}
