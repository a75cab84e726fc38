using System.Text.Json.Nodes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Operations;

/// <summary>When an object that is being deleted may go.</summary>
internal static class Finalization
{
    /// <summary>Whether deletion was requested and nothing holds the object any more. A namespace is also held by <c>spec.finalizers</c>.</summary>
    public static bool IsComplete(JsonObject body) =>
        body.Metadata().Text("deletionTimestamp") is { Length: > 0 } && !IsHeld(body);

    public static bool IsHeld(JsonObject body) =>
        body.Metadata().Array("finalizers") is { Count: > 0 }
        || (body.Text("kind") is "Namespace" && body.Text("apiVersion") is "v1" && body.Object("spec").Array("finalizers") is { Count: > 0 });
}
