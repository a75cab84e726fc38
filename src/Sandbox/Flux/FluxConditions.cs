using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Sandbox.Flux;

/// <summary>Conditions as Flux writes them.</summary>
internal static class FluxConditions
{
    /// <summary>The status of the condition Ready, or null where there is none.</summary>
    public static string? Ready(KubernetesObject obj) =>
        obj.Find("status", "conditions") is { ValueKind: JsonValueKind.Array } conditions
            ? conditions.EnumerateArray()
                .Where(c => c.TryGetProperty("type", out var type) && type.GetString() == "Ready")
                .Select(c => c.GetProperty("status").GetString())
                .FirstOrDefault()
            : null;

    /// <summary>Whether the object is ready as it is now.</summary>
    public static bool IsReady(KubernetesObject obj) => Ready(obj) == "True" && IsObserved(obj);

    /// <summary>Whether the status speaks of the object as it is now.</summary>
    public static bool IsObserved(KubernetesObject obj) =>
        obj.Find("status", "observedGeneration") is { ValueKind: JsonValueKind.Number } observed && observed.GetInt64() == obj.Generation;

    /// <summary>The whole list with a condition Ready.</summary>
    public static JsonArray Create(string status, string reason, string message, long generation, TimeProvider time) =>
    [
        new JsonObject
        {
            ["type"] = "Ready",
            ["status"] = status,
            ["reason"] = reason,
            ["message"] = message,
            ["observedGeneration"] = generation,
            ["lastTransitionTime"] = KubernetesTime.Format(time.GetUtcNow()),
        },
    ];
}
