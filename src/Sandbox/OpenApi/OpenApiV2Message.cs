using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Wego.Sandbox.OpenApi;

/// <summary>
/// The OpenAPI 2.0 document in protobuf, the only form that kubectl before 1.27 reads. It names no schema, so that such a
/// kubectl leaves validation to the server.
/// </summary>
internal static class OpenApiV2Message
{
    /// <summary>What the answer is called: the type that is asked for is no valid media type, and Go's clients refuse it in an answer.</summary>
    public const string MediaType = "application/octet-stream";

    // The rest of it was written both @v1.0 and .v1.0.
    private const string Accepted = "application/com.github.proto-openapi.spec.v2";

    public static bool IsAskedFor(string path, StringValues accept) =>
        path.Trim('/') == "openapi/v2" && accept.Any(value => value?.Contains(Accepted, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>A message Document: 1 swagger, 2 info (1 title, 2 version), 8 paths.</summary>
    public static byte[] Encode(JsonNode document)
    {
        var info = document["info"]!;
        return
        [
            .. Field(1, Text(document["swagger"])),
            .. Field(2, [.. Field(1, Text(info["title"])), .. Field(2, Text(info["version"]))]),
            .. Field(8, []),
        ];
    }

    private static byte[] Text(JsonNode? node) => Encoding.UTF8.GetBytes(node!.GetValue<string>());

    // Every length here fits into one byte.
    private static byte[] Field(int number, byte[] content) => [(byte)((number << 3) | 2), checked((byte)content.Length), .. content];
}
