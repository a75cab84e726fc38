using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Wego.Rpc.Compression;
using Wego.Rpc.Connect;
using Wego.Rpc.Grpc;

namespace Wego.Rpc.Client;

/// <summary>gRPC over HTTP/2.</summary>
internal sealed class GrpcClientProtocol : ClientProtocol
{
    public override HttpRequestMessage CreateRequest(Uri address, MethodDescriptor method, IMessage message, RpcCallOptions options)
    {
        var request = CreatePost(address, method, "application/grpc", Enveloped.Serialize(message), options);
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        request.Headers.TryAddWithoutValidation(GrpcHeaderNames.AcceptEncoding, GzipCodec.AcceptedEncodings);
        if (options.Timeout is { } timeout)
        {
            request.Headers.TryAddWithoutValidation(GrpcHeaderNames.Timeout, GrpcTimeout.Format(timeout));
        }

        return request;
    }

    public override async Task<ClientResponseReader> OpenAsync(
        HttpResponseMessage response, MethodDescriptor method, RpcCallOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Copy(response.Headers, options.ResponseHeaders);
            if (response.StatusCode != HttpStatusCode.OK
                || response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
            {
                throw new RpcException(
                    ConnectCode.FromHttpStatus((int)response.StatusCode),
                    $"The server answered with HTTP status {(int)response.StatusCode} and no gRPC; is {method.Service.FullName} served there?");
            }

            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return new EnvelopeResponseReader(response, body, method, endStream: null, () => End(response, options));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static void End(HttpResponseMessage response, RpcCallOptions options)
    {
        var trailers = response.TrailingHeaders.Contains(GrpcHeaderNames.Status) ? response.TrailingHeaders : response.Headers;
        Copy(trailers, options.ResponseTrailers);
        if (!trailers.TryGetValues(GrpcHeaderNames.Status, out var values)
            || !int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            throw new RpcException(RpcStatusCode.Internal, "The server's response ended without a status.");
        }

        if (code != 0)
        {
            throw new RpcException(ReadStatus(code, trailers));
        }
    }

    private static RpcStatus ReadStatus(int code, HttpResponseHeaders trailers)
    {
        var known = code is > 0 and <= (int)RpcStatusCode.Unauthenticated ? (RpcStatusCode)code : RpcStatusCode.Unknown;
        var text = trailers.TryGetValues(GrpcHeaderNames.Message, out var messages) ? GrpcMessageText.Decode(messages.First()) : string.Empty;
        if (trailers.TryGetValues(GrpcHeaderNames.StatusDetails, out var details) && RpcMetadata.Decode(details.First()) is { } bytes)
        {
            try
            {
                return new RpcStatus(known, text, Google.Rpc.Status.Parser.ParseFrom(bytes).Details);
            }
            catch (InvalidProtocolBufferException)
            {
                // The code and the text are worth more than the complaint about the details.
            }
        }

        return new RpcStatus(known, text);
    }
}
