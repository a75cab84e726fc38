using System.Text.Json.Nodes;

namespace Wego.Kubernetes.Protobuf;

/// <summary>A refusal as the API server writes it in JSON.</summary>
internal static class StatusJson
{
    public static KubernetesObject Convert(Status status) => KubernetesObject.From(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Status",
        ["status"] = status.Status_,
        ["message"] = status.Message,
        ["reason"] = status.Reason,
        ["details"] = status.Details is { } details ? Convert(details) : null,
        ["code"] = status.Code,
    });

    private static JsonObject Convert(StatusDetails details) => new()
    {
        ["name"] = details.Name,
        ["group"] = details.Group,
        ["kind"] = details.Kind,
        ["causes"] = new JsonArray([.. details.Causes.Select(c => new JsonObject { ["reason"] = c.Reason, ["message"] = c.Message, ["field"] = c.Field })]),
        ["retryAfterSeconds"] = details.RetryAfterSeconds,
    };
}
