using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Wego.Rpc.Listening;

/// <summary>
/// A listening socket whose connections are handed to one of two listeners, by their HTTP version. A connection that does not
/// say which it is holds up nobody and is closed after <see cref="DetectionTimeout"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Neither field holds a handle: no wait handle is asked for and no timer set.")]
internal sealed partial class SharedSocket(IPEndPoint address) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Channel<ConnectionContext> _http1 = Channel.CreateUnbounded<ConnectionContext>();
    private readonly Channel<ConnectionContext> _http2 = Channel.CreateUnbounded<ConnectionContext>();
    private IConnectionListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private ILogger? _logger;
    private TimeProvider _time = TimeProvider.System;

    /// <summary>How long a new connection may stay silent.</summary>
    public static TimeSpan DetectionTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Where to listen, or where it listens once it is bound.</summary>
    public IPEndPoint Address { get; private set; } = address;

    /// <summary>The connections of a version.</summary>
    public ChannelReader<ConnectionContext> Connections(HttpProtocols version) => ChannelOf(version).Reader;

    /// <summary>Binds the socket, once for both listeners.</summary>
    public async ValueTask BindAsync(IConnectionListenerFactory transport, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_listener is null)
            {
                _logger = logger;
                _time = time;
                _listener = await transport.BindAsync(Address, cancellationToken);
                Address = (IPEndPoint)_listener.EndPoint;
                _accepting = AcceptAsync(_listener);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops accepting, once for both listeners, and drops the connections of unknown version.</summary>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken)
    {
        // A host that is disposed of without having been stopped gives a cancelled token. The gate is never held for long.
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            if (_listener is null || _closing.IsCancellationRequested)
            {
                return;
            }

            await _closing.CancelAsync();
            await _listener.UnbindAsync(cancellationToken);
            await _accepting;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Gives the socket up, once for both listeners. Its memory serves open connections, so they must have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await UnbindAsync(CancellationToken.None);
        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.DisposeAsync();
        }
    }

    private Channel<ConnectionContext> ChannelOf(HttpProtocols version) => version == HttpProtocols.Http2 ? _http2 : _http1;

    private async Task AcceptAsync(IConnectionListener listener)
    {
        try
        {
            while (await listener.AcceptAsync() is { } connection)
            {
                _ = SortAsync(connection);
            }
        }
        catch (Exception e)
        {
            LogAcceptFailed(_logger!, e, Address);
        }
        finally
        {
            _http1.Writer.TryComplete();
            _http2.Writer.TryComplete();
        }
    }

    // Never throws: nobody awaits it.
    private async Task SortAsync(ConnectionContext connection)
    {
        try
        {
            using var timeout = new CancellationTokenSource(DetectionTimeout, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _closing.Token);
            var version = await HttpVersionDetector.DetectAsync(connection.Transport.Input, either.Token);
            if (version != HttpProtocols.None && ChannelOf(version).Writer.TryWrite(connection))
            {
                return;
            }
        }
        catch (Exception e)
        {
            // Silence, a reset or the server's end: none is worth more than a debug line.
            LogUnsorted(_logger!, e, connection.ConnectionId);
            connection.Abort(new ConnectionAbortedException("The connection did not say which HTTP version it speaks."));
        }

        await CloseAsync(connection);
    }

    private async ValueTask CloseAsync(ConnectionContext connection)
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception e)
        {
            LogUnsorted(_logger!, e, connection.ConnectionId);
        }
    }

    [LoggerMessage(1, LogLevel.Critical, "Accepting connections on {Address} failed; the server takes no more.")]
    private static partial void LogAcceptFailed(ILogger logger, Exception exception, IPEndPoint address);

    [LoggerMessage(2, LogLevel.Debug, "Connection {Connection} was closed before it said which HTTP version it speaks.")]
    private static partial void LogUnsorted(ILogger logger, Exception exception, string connection);
}
