using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;

namespace Wego.Perf.Rpc;

/// <summary>
/// One HTTP/2 connection that keeps a number of calls in flight. It only counts frames and bytes, so that nearly all of the
/// machine is left to the server; a general HTTP client costs more than either server and would hide the difference.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private const int FrameHeader = 9;
    private const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8;
    private const byte Flag = 1;
    private const int MaxWindow = int.MaxValue, DefaultWindow = 65535, Replenish = 1 << 24;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly MemoryStream _output = new();
    private readonly byte[] _input = new byte[256 * 1024];
    private readonly RequestFrames _request;
    private int _stream = 1;
    private long _window = DefaultWindow;
    private int _unacknowledged;
    private long _completed;
    private long _received;

    private LoadConnection(RequestFrames request) => _request = request;

    public static async Task<LoadConnection> OpenAsync(Uri address, RequestFrames request)
    {
        var connection = new LoadConnection(request);
        await connection._socket.ConnectAsync(address.Host, address.Port);
        connection._output.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        // SETTINGS_ENABLE_PUSH 0 and SETTINGS_INITIAL_WINDOW_SIZE: streams never wait for us.
        connection._output.Write(RequestFrames.Header(12, Settings, 0));
        connection._output.Write([0, 2, 0, 0, 0, 0, 0, 4, 0x7f, 0xff, 0xff, 0xff]);
        connection.WriteWindowUpdate(MaxWindow - DefaultWindow);
        return connection;
    }

    /// <summary>Keeps calls in flight for a while and waits for the last of them.</summary>
    /// <returns>How many were answered.</returns>
    /// <exception cref="InvalidDataException">An answer has the wrong length, or the server ended a stream or the connection.</exception>
    public async Task<long> RunAsync(int inFlight, TimeSpan duration)
    {
        var (completed, received) = (_completed, _received);
        var start = Stopwatch.GetTimestamp();
        var (wanted, open) = (inFlight, 0);
        var filled = 0;
        while (true)
        {
            for (; wanted > 0 && _window >= _request.Body; wanted--, open++, _stream += 2)
            {
                _request.Write(_output, _stream);
                _window -= _request.Body;
            }

            if (open == 0)
            {
                break;
            }

            await SendAsync();
            var count = await _socket.ReceiveAsync(_input.AsMemory(filled));
            if (count == 0)
            {
                throw new InvalidDataException("The server closed the connection.");
            }

            filled += count;
            var before = _completed;
            var used = Consume(_input.AsSpan(0, filled));
            _input.AsSpan(used, filled - used).CopyTo(_input);
            filled -= used;
            var ended = (int)(_completed - before);
            open -= ended;
            wanted = Stopwatch.GetElapsedTime(start) < duration ? wanted + ended : 0;
        }

        (completed, received) = (_completed - completed, _received - received);
        return received == completed * _request.Body
            ? completed
            : throw new InvalidDataException($"{completed} answers had {received} bytes instead of {completed * _request.Body}.");
    }

    public void Dispose()
    {
        _socket.Dispose();
        _output.Dispose();
    }

    private async ValueTask SendAsync()
    {
        for (var sent = 0; sent < _output.Length;)
        {
            sent += await _socket.SendAsync(_output.GetBuffer().AsMemory(sent, (int)_output.Length - sent));
        }

        _output.SetLength(0);
    }

    private int Consume(ReadOnlySpan<byte> input)
    {
        var at = 0;
        while (input.Length - at >= FrameHeader)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(input[at..]) >>> 8;
            if (input.Length - at < FrameHeader + length)
            {
                break;
            }

            Handle(input[at + 3], input[at + 4], BinaryPrimitives.ReadInt32BigEndian(input[(at + 5)..]), input.Slice(at + FrameHeader, length));
            at += FrameHeader + length;
        }

        return at;
    }

    private void Handle(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case Data:
                _received += payload.Length;
                Acknowledge(payload.Length);
                _completed += flags & Flag;
                break;
            case Headers:
                _completed += flags & Flag;
                break;
            case Settings when (flags & Flag) == 0:
                _output.Write(RequestFrames.Header(0, Settings, Flag));
                break;
            case Ping when (flags & Flag) == 0:
                _output.Write(RequestFrames.Header(payload.Length, Ping, Flag));
                _output.Write(payload);
                break;
            case WindowUpdate when stream == 0:
                _window += BinaryPrimitives.ReadInt32BigEndian(payload);
                break;
            case ResetStream or GoAway:
                throw new InvalidDataException($"The server ended {(type == GoAway ? "the connection" : $"stream {stream}")}.");
        }
    }

    private void Acknowledge(int bytes)
    {
        _unacknowledged += bytes;
        if (_unacknowledged >= Replenish)
        {
            WriteWindowUpdate(_unacknowledged);
            _unacknowledged = 0;
        }
    }

    private void WriteWindowUpdate(int by)
    {
        Span<byte> increment = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(increment, by);
        _output.Write(RequestFrames.Header(increment.Length, WindowUpdate, 0));
        _output.Write(increment);
    }
}
