using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>One condition of a Flux object.</summary>
internal sealed record FluxCondition(string Status, string Reason, string Message)
{
    public bool IsTrue => Status == "True";

    public bool IsFalse => Status == "False";

    /// <summary>The text for the user: reason and message.</summary>
    public string UserReason => Message.Length == 0 ? Reason : $"{Reason}: {Message}";

    /// <summary>The condition of type Ready, or null.</summary>
    public static FluxCondition? ReadyOf(KubernetesObject obj)
    {
        foreach (var condition in obj.Find("status", "conditions").Items())
        {
            if (condition.Text("type") == "Ready")
            {
                return new FluxCondition(condition.Text("status"), condition.Text("reason"), condition.Text("message"));
            }
        }

        return null;
    }

    /// <summary>Whether the controller has looked at the present generation of the object.</summary>
    public static bool IsObserved(KubernetesObject obj) =>
        obj.Generation != 0 && obj.Find("status", "observedGeneration") is { ValueKind: JsonValueKind.Number } n && n.TryGetInt64(out var observed) && observed == obj.Generation;
}
