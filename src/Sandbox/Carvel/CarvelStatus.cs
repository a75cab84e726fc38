using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;

namespace Wego.Sandbox.Carvel;

/// <summary>The part of the status that all kinds of kapp-controller share: one condition, named after the state.</summary>
internal static class CarvelStatus
{
    public const string Reconciling = nameof(Reconciling);
    public const string Succeeded = "ReconcileSucceeded";
    public const string Failed = "ReconcileFailed";
    public const string Deleting = nameof(Deleting);
    public const string DeleteFailed = nameof(DeleteFailed);

    private const string SeeMessage = "Error (see .status.usefulErrorMessage for details)";
    private const int DescriptionLength = 80;

    /// <summary>The type of the condition, or null where there is none.</summary>
    public static string? Of(KubernetesObject obj) =>
        obj.Find("status", "conditions") is { ValueKind: JsonValueKind.Array } conditions && conditions.GetArrayLength() > 0
            ? conditions[0].GetProperty("type").GetString()
            : null;

    /// <summary>Whether the status speaks of the object as it is now.</summary>
    public static bool IsObserved(KubernetesObject obj) =>
        obj.Find("status", "observedGeneration") is { ValueKind: JsonValueKind.Number } observed && observed.GetInt64() == obj.Generation;

    public static JsonObject Create(string state, KubernetesObject obj, CarvelException? failure = null)
    {
        var condition = new JsonObject { ["type"] = state, ["status"] = "True" };
        var message = failure is null ? null : failure.IsOutput ? SeeMessage : failure.Message;
        if (message is not null)
        {
            condition["message"] = message;
        }

        return new JsonObject
        {
            ["conditions"] = new JsonArray(condition),
            ["friendlyDescription"] = Describe(state, message),
            // In a merge, null takes away what was said before.
            ["usefulErrorMessage"] = failure is { IsOutput: true } ? failure.Message : null,
            ["observedGeneration"] = obj.Generation,
        };
    }

    /// <summary>Merges into the status, unless it says so already: saying it again would only wake everybody who watches.</summary>
    public static async Task SetAsync(this IKubernetesClient client, GroupVersionResource resource, KubernetesObject obj, JsonObject status, CancellationToken cancellationToken)
    {
        if (!Contains(obj.Status, status))
        {
            await client.PatchStatusAsync(resource, obj, CarvelResources.Manager, status, cancellationToken);
        }
    }

    private static string Describe(string state, string? message)
    {
        if (message is null)
        {
            return state == Succeeded ? "Reconcile succeeded" : state;
        }

        var text = $"{(state == DeleteFailed ? "Delete" : "Reconcile")} failed: {message}";
        var line = text.Split('\n')[0];
        return line.Length > DescriptionLength ? line[..DescriptionLength] + "..." : line.Length < text.Length ? line + "..." : line;
    }

    /// <summary>Whether the merge would change nothing.</summary>
    private static bool Contains(JsonElement present, JsonNode? wanted) => wanted switch
    {
        null => present.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null,
        JsonObject fields => present.ValueKind == JsonValueKind.Object
            && fields.All(f => Contains(present.TryGetProperty(f.Key, out var value) ? value : default, f.Value)),
        _ => present.ValueKind != JsonValueKind.Undefined && JsonNode.DeepEquals(wanted, JsonSerializer.SerializeToNode(present)),
    };
}
