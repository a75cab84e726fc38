using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Wego.Sandbox;

namespace Wego.Conformance;

/// <summary>The call that a case makes.</summary>
/// <param name="Method">The RPC.</param>
/// <param name="Message">What is sent.</param>
/// <param name="Token">Whose call it is; null for nobody's.</param>
/// <param name="Headers">Headers beside the token.</param>
/// <param name="Page">Which page is looked at, 1 for the first; the pages before are turned with the tokens of the answers.</param>
internal sealed record CaseRequest(MethodDescriptor Method, IMessage Message, string? Token, IReadOnlyDictionary<string, string> Headers, int Page)
{
    private static readonly string[] s_members = ["method", "message", "token", "headers", "page"];

    /// <summary>Reads <c>request.json</c>.</summary>
    /// <exception cref="InvalidDataException">The file names what there is not; the message says which.</exception>
    public static CaseRequest Read(JsonObject file)
    {
        if (file.FirstOrDefault(member => !s_members.Contains(member.Key)) is { Key: { } unknown })
        {
            throw new InvalidDataException($"request.json has '{unknown}'; it may have {string.Join(", ", s_members)}.");
        }

        var method = WireContract.Method(file["method"]!.GetValue<string>());
        var headers = file["headers"] as JsonObject ?? [];
        return new CaseRequest(
            method,
            WireContract.Parse(file["message"] as JsonObject ?? [], method.InputType),
            file.TryGetPropertyValue("token", out var token) ? token?.GetValue<string>() : SandboxTokens.Admin,
            headers.ToDictionary(h => h.Key, h => h.Value!.GetValue<string>(), StringComparer.Ordinal),
            file["page"]?.GetValue<int>() ?? 1);
    }
}
