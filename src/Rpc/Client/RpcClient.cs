using System.Net;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Client;

/// <summary>Calls unary and server-streaming RPCs, given their descriptors. Thread-safe; one instance serves all calls to a server.</summary>
public sealed class RpcClient : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly bool _ownsHttp;
    private readonly Uri _address;
    private readonly TimeProvider _time;
    private readonly ClientProtocol _protocol;

    /// <summary>Creates a client with connections of its own.</summary>
    /// <param name="address">The server's base address; a path is kept as a prefix.</param>
    /// <param name="protocol">The protocol to speak.</param>
    public RpcClient(Uri address, RpcClientProtocol protocol = RpcClientProtocol.Grpc)
        : this(CreateHttp(), address, protocol) => _ownsHttp = true;

    /// <summary>Creates a client over connections that the caller owns.</summary>
    /// <param name="http">Sends the requests. An <see cref="HttpClient"/> applies its own timeout to unary calls.</param>
    /// <param name="address">The server's base address; a path is kept as a prefix.</param>
    /// <param name="protocol">The protocol to speak.</param>
    /// <param name="time">Measures timeouts; null for the system's clock.</param>
    public RpcClient(HttpMessageInvoker http, Uri address, RpcClientProtocol protocol = RpcClientProtocol.Grpc, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(address);
        _http = http;
        _address = address;
        _time = time ?? TimeProvider.System;
        _protocol = protocol == RpcClientProtocol.Grpc ? new GrpcClientProtocol() : new ConnectClientProtocol();
    }

    /// <summary>Calls a unary method.</summary>
    /// <exception cref="RpcException">The call ended with a status other than OK; UNAVAILABLE where the server was not reached.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<TResponse> CallAsync<TResponse>(
        MethodDescriptor method, IMessage request, RpcCallOptions? options = null, CancellationToken cancellationToken = default)
        where TResponse : class, IMessage<TResponse>
    {
        Require(method, request, typeof(TResponse), streaming: false);
        await using var call = new ClientCall(options?.Timeout, _time, cancellationToken);
        await call.StartAsync(_http, _protocol, _address, method, request, options ?? new RpcCallOptions());
        var response = await call.ReadAsync();
        return response is not null && await call.ReadAsync() is null
            ? (TResponse)response
            : throw new RpcException(RpcStatusCode.Internal, "The server did not answer with exactly one message.");
    }

    /// <summary>Calls a server-streaming method. Leaving the loop early cancels the call.</summary>
    /// <exception cref="RpcException">The call ended with a status other than OK; UNAVAILABLE where the server was not reached.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async IAsyncEnumerable<TResponse> StreamAsync<TResponse>(
        MethodDescriptor method, IMessage request, RpcCallOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TResponse : class, IMessage<TResponse>
    {
        Require(method, request, typeof(TResponse), streaming: true);
        await using var call = new ClientCall(options?.Timeout, _time, cancellationToken);
        await call.StartAsync(_http, _protocol, _address, method, request, options ?? new RpcCallOptions());
        while (await call.ReadAsync() is { } response)
        {
            yield return (TResponse)response;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsHttp)
        {
            _http.Dispose();
        }
    }

    private static HttpMessageInvoker CreateHttp() => new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        // Finds out about dead connections under long, silent streams.
        KeepAlivePingDelay = TimeSpan.FromSeconds(60),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        AllowAutoRedirect = false,
        UseCookies = false,
    });

    private static void Require(MethodDescriptor method, IMessage request, System.Type response, bool streaming)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(request);
        if (method.IsClientStreaming || method.IsServerStreaming != streaming)
        {
            throw new ArgumentException($"{method.FullName} is no {(streaming ? "server-streaming" : "unary")} method.", nameof(method));
        }

        if (request.Descriptor != method.InputType || response != method.OutputType.ClrType)
        {
            throw new ArgumentException(
                $"{method.FullName} takes {method.InputType.FullName} and returns {method.OutputType.FullName}.", nameof(request));
        }
    }
}
