using System.Text.Json.Nodes;

namespace Wego.Testing.ApiServers;

/// <summary>A request as the API server noted it.</summary>
/// <param name="Right">The right it needs: <c>GROUP RESOURCE VERB</c>.</param>
/// <param name="Namespace">Where, or empty for all or none.</param>
/// <param name="Allowed">What was decided.</param>
/// <param name="Reason">Which binding and role allowed it.</param>
public sealed record AuditedRequest(string Right, string Namespace, bool Allowed, string Reason)
{
    public static AuditedRequest From(JsonObject entry)
    {
        var target = entry["objectRef"]!;
        var subresource = target["subresource"]?.GetValue<string>() is { } s ? $"/{s}" : "";
        return new AuditedRequest(
            $"{target["apiGroup"]?.GetValue<string>()} {target["resource"]?.GetValue<string>()}{subresource} {entry["verb"]!.GetValue<string>()}",
            target["namespace"]?.GetValue<string>() ?? "",
            entry["annotations"]?["authorization.k8s.io/decision"]?.GetValue<string>() == "allow",
            entry["annotations"]?["authorization.k8s.io/reason"]?.GetValue<string>() ?? "");
    }
}
