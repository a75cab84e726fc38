using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Client;

/// <summary>One call from its request to its status, with every failure as an <see cref="RpcException"/>.</summary>
internal sealed class ClientCall : IAsyncDisposable
{
    private readonly CancellationTokenSource? _timeout;
    private readonly CancellationTokenSource? _either;
    private readonly CancellationToken _callerToken;
    private readonly CancellationToken _token;
    private ClientResponseReader? _reader;

    public ClientCall(TimeSpan? timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _callerToken = _token = cancellationToken;
        if (timeout is { } wait)
        {
            _timeout = new CancellationTokenSource(wait < TimeSpan.Zero ? TimeSpan.Zero : wait, time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, cancellationToken);
            _token = _either.Token;
        }
    }

    public Task StartAsync(
        HttpMessageInvoker http, ClientProtocol protocol, Uri address, MethodDescriptor method, IMessage message, RpcCallOptions options) =>
        TranslateAsync(async () =>
        {
            using var request = protocol.CreateRequest(address, method, message, options);
            var response = http is HttpClient client
                ? await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _token)
                : await http.SendAsync(request, _token);
            _reader = await protocol.OpenAsync(response, method, options, _token);
            return true;
        });

    /// <summary>The next message; null after the last, if the status is OK.</summary>
    public Task<IMessage?> ReadAsync() => TranslateAsync(() => _reader!.ReadAsync(_token));

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }

        _either?.Dispose();
        _timeout?.Dispose();
    }

    private async Task<T> TranslateAsync<T>(Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            _callerToken.ThrowIfCancellationRequested();
            throw _timeout is { IsCancellationRequested: true }
                ? new RpcException(RpcStatusCode.DeadlineExceeded, "The deadline passed before the call completed.", innerException: e)
                : new RpcException(RpcStatusCode.Unavailable, $"The server was not reached, or the connection broke: {e.Message}", innerException: e);
        }
    }
}
