using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;

namespace Wego.Kubernetes.Protobuf;

/// <summary>
/// Reads a list of Secrets in protobuf while it arrives: a page of releases of Helm has megabytes, of which never more than a part
/// is here at a time. Secrets become what their JSON would have become.
/// </summary>
/// <param name="request">What was asked for.</param>
/// <param name="body">The answer.</param>
/// <param name="limit">The most bytes that one Secret may have.</param>
/// <param name="take">Is given each part, of an empty list an empty one, and awaited before more is read.</param>
internal sealed class SecretListReader(ApiRequest request, Stream body, int limit, Func<KubernetesList, Task> take) : IDisposable
{
    private const int PartBytes = 256 << 10;
    private const int BufferBytes = 64 << 10;

    private const int ListMetaField = 1;
    private const int ItemsField = 2;

    private static readonly MessageParser<Secret> s_secrets = Secret.Parser.WithDiscardUnknownFields(discardUnknownFields: true);

    private readonly ArrayBufferWriter<byte> _scratch = new();
    private readonly ImmutableArray<KubernetesObject>.Builder _part = ImmutableArray.CreateBuilder<KubernetesObject>();
    private Utf8JsonWriter? _json;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _start;
    private int _end;

    // How many bytes were moved out of the buffer.
    private long _moved;
    private int _partBytes;
    private bool _isTaking;
    private bool _hasGiven;
    private ListMeta _metadata = new();

    private long Position => _moved + _start;

    /// <summary>Reads it, and gives the page without items.</summary>
    /// <exception cref="KubernetesException">It is no list of Secrets, or one of them exceeds the limit.</exception>
    public async Task<KubernetesList> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadEnvelopeAsync(cancellationToken);
        }
        catch (Exception e) when (!_isTaking && ProtobufAnswer.IsBadData(e))
        {
            throw ObjectReader.NotAnObject(request, e);
        }

        if (_part.Count > 0 || !_hasGiven)
        {
            await GivePartAsync();
        }

        return Page([]);
    }

    public void Dispose()
    {
        _json?.Dispose();
        // Secrets pass through here.
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
    }

    private async Task ReadEnvelopeAsync(CancellationToken cancellationToken)
    {
        if (!ProtobufAnswer.Is((await ContentAsync(ProtobufAnswer.MagicLength, cancellationToken)).Span))
        {
            throw new FormatException("the magic number is missing");
        }

        var type = new TypeMeta();
        var hasList = false;
        while (await NextAsync(cancellationToken) is { } header)
        {
            if (header.Field == ProtobufAnswer.RawField)
            {
                // The server writes the kind first.
                if (type is not { ApiVersion: "v1", Kind: "SecretList" })
                {
                    throw new FormatException($"a {type.Kind}");
                }

                hasList = true;
                await ReadListAsync(Position + header.Length, cancellationToken);
                continue;
            }

            var content = await ContentAsync(header.Length, cancellationToken);
            if (header.Field == ProtobufAnswer.TypeMetaField)
            {
                type = TypeMeta.Parser.ParseFrom(content.Span);
            }
        }

        if (!hasList)
        {
            throw new FormatException("there is no list in it");
        }
    }

    private async Task ReadListAsync(long end, CancellationToken cancellationToken)
    {
        while (Position < end)
        {
            var header = await NextAsync(cancellationToken) ?? throw Cut();
            var content = await ContentAsync(header.Length, cancellationToken);
            switch (header.Field)
            {
                case ListMetaField:
                    _metadata = ListMeta.Parser.ParseFrom(content.Span);
                    break;
                case ItemsField:
                    Add(content.Span);
                    break;
            }

            if (_partBytes >= PartBytes)
            {
                await GivePartAsync();
            }
        }
    }

    private void Add(ReadOnlySpan<byte> secret)
    {
        _scratch.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_scratch, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.Reset();
        SecretJson.Write(_json, s_secrets.ParseFrom(secret));
        _json.Flush();
        _part.Add(KubernetesObject.Parse(_scratch.WrittenSpan));
        _partBytes += secret.Length;
    }

    private async Task GivePartAsync()
    {
        _partBytes = 0;
        _isTaking = true;
        await take(Page(_part.DrainToImmutable()));
        (_isTaking, _hasGiven) = (false, true);
    }

    private KubernetesList Page(ImmutableArray<KubernetesObject> items) => new(items, _metadata.ResourceVersion, _metadata.Continue.Length == 0 ? null : _metadata.Continue);

    /// <summary>Reads the header of a field; null at the end of the answer.</summary>
    private async ValueTask<FieldHeader?> NextAsync(CancellationToken cancellationToken)
    {
        FieldHeader header;
        int read;
        while (!FieldHeader.TryRead(_buffer.AsSpan(_start, _end - _start), out header, out read))
        {
            if (!await FillAsync(cancellationToken))
            {
                return _start == _end ? null : throw Cut();
            }
        }

        _start += read;
        return header;
    }

    /// <summary>Reads so many bytes; they are here until more is read.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ContentAsync(int length, CancellationToken cancellationToken)
    {
        if (length > limit)
        {
            throw new KubernetesException(KubernetesFailure.TooLarge, $"{request}: one of the objects has {length} bytes, more than the bound of {limit} bytes.");
        }

        while (_end - _start < length)
        {
            if (!await FillAsync(cancellationToken))
            {
                throw Cut();
            }
        }

        var content = _buffer.AsMemory(_start, length);
        _start += length;
        return content;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        var read = await body.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.Length > _buffer.Length / 2)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
            rest.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }
        else
        {
            rest.CopyTo(_buffer);
        }

        _moved += _start;
        (_start, _end) = (0, _end - _start);
    }

    private static FormatException Cut() => new("it ends in the middle of a field");
}
