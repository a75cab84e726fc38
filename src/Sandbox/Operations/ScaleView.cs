using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Operations;

/// <summary>The <c>autoscaling/v1 Scale</c> of an object.</summary>
internal static class ScaleView
{
    public static JsonObject Read(JsonObject body, ScalePaths paths)
    {
        var metadata = new JsonObject();
        foreach (var field in new[] { "name", "namespace", "uid", "resourceVersion", "creationTimestamp" })
        {
            if (body.Metadata()[field] is { } value)
            {
                metadata[field] = value.DeepClone();
            }
        }

        var status = new JsonObject { ["replicas"] = Find(body, paths.StatusReplicas)?.DeepClone() ?? 0 };
        if (paths.LabelSelector is { } selector && Find(body, selector) is { } found)
        {
            status["selector"] = found is JsonObject labels
                ? string.Join(',', (labels.Object("matchLabels") ?? []).Select(l => $"{l.Key}={l.Value.AsText()}"))
                : found.DeepClone();
        }

        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = Find(body, paths.SpecReplicas)?.DeepClone() ?? 0 },
            ["status"] = status,
        };
    }

    /// <exception cref="ApiException">422: a negative number.</exception>
    public static void Write(JsonObject body, ScalePaths paths, long replicas)
    {
        if (replicas < 0)
        {
            throw ApiErrors.Invalid("autoscaling", "Scale", body.Metadata().Text("name") ?? "", [FieldError.Invalid("spec.replicas", replicas, "must be greater than or equal to 0")]);
        }

        var parts = paths.SpecReplicas.Split('.', StringSplitOptions.RemoveEmptyEntries);
        var target = parts[..^1].Aggregate(body, (current, part) => current.Ensure(part));
        target[parts[^1]] = replicas;
    }

    private static JsonNode? Find(JsonObject body, string path) =>
        path.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)body, (current, part) => (current as JsonObject)?[part]);
}
