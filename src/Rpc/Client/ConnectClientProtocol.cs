using System.Buffers;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Wego.Rpc.Compression;
using Wego.Rpc.Connect;

namespace Wego.Rpc.Client;

/// <summary>Connect with binary messages, unary and streaming.</summary>
internal sealed class ConnectClientProtocol : ClientProtocol
{
    public override HttpRequestMessage CreateRequest(Uri address, MethodDescriptor method, IMessage message, RpcCallOptions options)
    {
        var request = method.IsServerStreaming
            ? CreatePost(address, method, "application/connect+proto", Enveloped.Serialize(message), options)
            : CreatePost(address, method, "application/proto", message.ToByteArray(), options);
        if (request.RequestUri!.Scheme == Uri.UriSchemeHttp)
        {
            // Without TLS nothing tells whether the server, or a proxy before it, speaks HTTP/2.
            request.Version = System.Net.HttpVersion.Version11;
        }

        request.Headers.TryAddWithoutValidation(ConnectHeaderNames.ProtocolVersion, "1");
        request.Headers.TryAddWithoutValidation(
            method.IsServerStreaming ? ConnectHeaderNames.AcceptEncoding : "accept-encoding", GzipCodec.Name);
        if (options.Timeout is { } timeout)
        {
            request.Headers.TryAddWithoutValidation(
                ConnectHeaderNames.Timeout,
                Math.Min((long)Math.Ceiling(Math.Max(timeout.TotalMilliseconds, 0)), 9_999_999_999).ToString(CultureInfo.InvariantCulture));
        }

        return request;
    }

    public override async Task<ClientResponseReader> OpenAsync(
        HttpResponseMessage response, MethodDescriptor method, RpcCallOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Copy(response.Headers, options.ResponseHeaders);
            if (!method.IsServerStreaming || !response.IsSuccessStatusCode)
            {
                return await ReadUnaryAsync(response, method, options, cancellationToken);
            }

            var ended = false;
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return new EnvelopeResponseReader(response, body, method, EndStream, End);

            void EndStream(ReadOnlySequence<byte> payload)
            {
                ended = true;
                ConnectErrorReader.ReadEndStream(payload, options.ResponseTrailers);
            }

            void End()
            {
                if (!ended)
                {
                    throw new RpcException(RpcStatusCode.Internal, "The server's response ended without a status.");
                }
            }
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task<ClientResponseReader> ReadUnaryAsync(
        HttpResponseMessage response, MethodDescriptor method, RpcCallOptions options, CancellationToken cancellationToken)
    {
        Copy(response.Headers, options.ResponseTrailers, ConnectHeaderNames.TrailerPrefix);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.Content.Headers.ContentEncoding.Contains(GzipCodec.Name))
        {
            using var plain = GzipCodec.Decompress(new ReadOnlySequence<byte>(body), limit: null);
            body = plain.Written.ToArray();
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new RpcException(ConnectErrorReader.Read(body, (int)response.StatusCode));
        }

        try
        {
            return new SingleMessageReader(response, method.OutputType.Parser.ParseFrom(body));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(RpcStatusCode.Internal, $"The server's response is malformed: {e.Message}", innerException: e);
        }
    }
}
