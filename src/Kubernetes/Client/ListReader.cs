using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Wego.Kubernetes;

/// <summary>
/// Reads a list in one pass over its bytes: each item is copied once, into memory of its own, so that one item kept does not keep
/// its page. Lists of built-in kinds omit the kind of their items; it is put in on the way.
/// </summary>
internal ref struct ListReader
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly ImmutableArray<KubernetesObject>.Builder _items = ImmutableArray.CreateBuilder<KubernetesObject>();
    private string _apiVersion = "";
    private string? _kind;
    private string _resourceVersion = "";
    private string? _continue;

    private ListReader(ReadOnlySpan<byte> body) => _body = body;

    /// <summary>Reads a list.</summary>
    public static KubernetesList Read(ApiRequest request, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new ListReader(body);
            return reader.Read() ?? throw ObjectReader.NotAnObject(request);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw ObjectReader.NotAnObject(request, e);
        }
    }

    private KubernetesList? Read()
    {
        var reader = new Utf8JsonReader(_body);
        var postponed = default(Utf8JsonReader);
        var isPostponed = false;
        var hasItems = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("kind"u8))
            {
                reader.Read();
                _kind = reader.GetString();
            }
            else if (reader.ValueTextEquals("apiVersion"u8))
            {
                reader.Read();
                _apiVersion = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                ReadMetadata(ref reader);
            }
            else if (reader.ValueTextEquals("items"u8))
            {
                reader.Read();
                if (_kind is not null && _apiVersion.Length > 0)
                {
                    if (!ReadItems(ref reader))
                    {
                        return null;
                    }

                    hasItems = true;
                }
                else
                {
                    // Unusual order: the kind comes later.
                    postponed = reader;
                    isPostponed = true;
                    reader.Skip();
                }
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return hasItems || (isPostponed && ReadItems(ref postponed))
            ? new KubernetesList(_items.DrainToImmutable(), _resourceVersion, string.IsNullOrEmpty(_continue) ? null : _continue)
            : null;
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("resourceVersion"u8);
            var isContinue = reader.ValueTextEquals("continue"u8);
            reader.Read();
            if (isVersion)
            {
                _resourceVersion = reader.GetString() ?? "";
            }
            else if (isContinue)
            {
                _continue = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>False where this is no list, or its items are no objects: an empty list must not look like success.</summary>
    private readonly bool ReadItems(ref Utf8JsonReader reader)
    {
        if (_kind is null || !_kind.EndsWith("List", StringComparison.Ordinal))
        {
            return false;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        var prefix = JsonSerializer.SerializeToUtf8Bytes(new { apiVersion = _apiVersion, kind = _kind[..^"List".Length] }).AsSpan();
        var scratch = new ArrayBufferWriter<byte>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var start = (int)reader.TokenStartIndex;
            var (isEmpty, hasKind) = SkipItem(ref reader);
            var item = _body[start..(int)reader.BytesConsumed];
            if (!hasKind)
            {
                scratch.ResetWrittenCount();
                scratch.Write(prefix[..^1]);
                if (!isEmpty)
                {
                    scratch.Write(","u8);
                }

                scratch.Write(item[1..]);
                item = scratch.WrittenSpan;
            }

            _items.Add(KubernetesObject.Parse(item));
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    /// <summary>
    /// Moves to the end of an item, and tells whether the item tells its kind. The API server writes it first, or not at all; an
    /// aggregated one may write it anywhere, and a kind put in beside it would be there twice.
    /// </summary>
    private static (bool IsEmpty, bool HasKind) SkipItem(ref Utf8JsonReader reader)
    {
        var (isEmpty, hasKind) = (true, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            hasKind |= reader.ValueTextEquals("kind"u8);
            reader.Read();
            reader.Skip();
        }

        return (isEmpty, hasKind);
    }
}
