using System.Net;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace Wego.Rpc.Client;

/// <summary>How a client lays out a call.</summary>
internal abstract class ClientProtocol
{
    /// <summary>The request of a call.</summary>
    public abstract HttpRequestMessage CreateRequest(Uri address, MethodDescriptor method, IMessage message, RpcCallOptions options);

    /// <summary>Takes the response, which it then owns.</summary>
    /// <exception cref="RpcException">It is a failure.</exception>
    public abstract Task<ClientResponseReader> OpenAsync(
        HttpResponseMessage response, MethodDescriptor method, RpcCallOptions options, CancellationToken cancellationToken);

    protected static HttpRequestMessage CreatePost(Uri address, MethodDescriptor method, string mediaType, byte[] body, RpcCallOptions options)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("content-type", mediaType);
        var path = $"{address.AbsolutePath.TrimEnd('/')}/{method.Service.FullName}/{method.Name}";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
        };
        foreach (var (name, values) in options.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        if (options.BearerToken is { } token)
        {
            request.Headers.TryAddWithoutValidation("authorization", "Bearer " + token);
        }

        return request;
    }

    protected static void Copy(IEnumerable<KeyValuePair<string, IEnumerable<string>>> source, IHeaderDictionary target, string prefix = "")
    {
        foreach (var (name, values) in source)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                target.Append(name[prefix.Length..], values.ToArray());
            }
        }
    }
}
