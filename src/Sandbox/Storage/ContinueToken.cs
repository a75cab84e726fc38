using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Wego.Sandbox.Storage;

/// <summary>Where a listing goes on: after a key, at the resource version it started with (or, at -1, at whatever is there now).</summary>
internal readonly record struct ContinueToken(long ResourceVersion, ObjectKey After)
{
    public const long Inconsistent = -1;

    public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { "v1", ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture), After.Namespace, After.Name }));

    public static ContinueToken? Decode(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text))) is ["v1", var version, var @namespace, var name]
                && long.TryParse(version, System.Globalization.CultureInfo.InvariantCulture, out var number)
                ? new ContinueToken(number, new ObjectKey(@namespace, name))
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
