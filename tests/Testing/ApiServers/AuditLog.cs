using System.Text.Json.Nodes;

namespace Wego.Testing.ApiServers;

/// <summary>What the API server noted of one user's requests.</summary>
public sealed class AuditLog(string file)
{
    /// <summary>What this user asked for and whether it was allowed.</summary>
    public IReadOnlyList<AuditedRequest> Of(string user) =>
    [
        .. File.ReadLines(file)
            // The last line may be half written.
            .Where(l => l.EndsWith('}'))
            .Select(l => JsonNode.Parse(l)!.AsObject())
            .Where(e => e["user"]?["username"]?.GetValue<string>() == user && e["objectRef"] is not null)
            .Select(AuditedRequest.From)
            .Distinct(),
    ];
}
