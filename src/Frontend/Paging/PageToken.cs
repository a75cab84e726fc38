using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf;
using Wego.Grains;
using Wego.Plugins;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Frontend;

/// <summary>
/// A page token: the key of the last item shown, and a fingerprint of the question, so that it cannot be sent with another
/// one. Holds no state of the server, so any replica continues any list. Opaque to clients.
/// </summary>
internal static class PageToken
{
    private const string Field = "pagination_options.page_token";

    /// <summary>The token for what comes after an item.</summary>
    public static string Write(SortKey last, IMessage question) => Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes([last.Name, last.Plugin, last.Namespace, last.Identifier, Fingerprint(question)], PageTokenJson.Default.StringArray));

    /// <summary>The key to continue after, or null for the first page.</summary>
    /// <exception cref="PackageException">The token is not one of ours, or belongs to another question.</exception>
    public static SortKey? Read(string? token, IMessage question)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        string[]? parts;
        try
        {
            parts = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(token), PageTokenJson.Default.StringArray);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            parts = null;
        }

        if (parts is not [{ } name, { } plugin, { } ns, { } identifier, { } fingerprint])
        {
            throw PackageException.InvalidField(Field, "this is no token of Wego; send back next_page_token as it came, or nothing for the first page.");
        }

        return fingerprint == Fingerprint(question)
            ? new SortKey(name, plugin, ns, identifier)
            : throw PackageException.InvalidField(Field, "the token belongs to a list with another context or filter; start again without a token.");
    }

    /// <summary>The size of the page; 0 for everything.</summary>
    public static int Size(Pb.PaginationOptions? options) => options?.PageSize switch
    {
        null => 0,
        < 0 => throw PackageException.InvalidField("pagination_options.page_size", "give 0 for everything, or a positive number."),
        var size => size.Value,
    };

    private static string Fingerprint(IMessage question) => Base64Url.EncodeToString(SHA256.HashData(question.ToByteArray()).AsSpan(0, 9));
}
