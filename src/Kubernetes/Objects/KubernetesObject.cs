using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wego.Kubernetes;

/// <summary>
/// An immutable Kubernetes object, held as JSON: Wego handles objects of any kind and so generates no types for them.
/// Safe to share between threads and grains.
/// </summary>
public sealed class KubernetesObject
{
    /// <summary>Wraps a JSON object. The element must not depend on a disposable document.</summary>
    /// <exception cref="ArgumentException">The element is not a JSON object.</exception>
    public KubernetesObject(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException($"A Kubernetes object must be a JSON object, not {root.ValueKind}.", nameof(root));
        }

        Root = root;
    }

    /// <summary>The whole object.</summary>
    public JsonElement Root { get; }

    /// <summary>The <c>apiVersion</c>, or empty.</summary>
    public string ApiVersion => Text("apiVersion");

    /// <summary>The <c>kind</c>, or empty.</summary>
    public string Kind => Text("kind");

    /// <summary>The <c>metadata</c>, or an undefined element.</summary>
    public JsonElement Metadata => Find("metadata");

    /// <summary>The <c>spec</c>, or an undefined element.</summary>
    public JsonElement Spec => Find("spec");

    /// <summary>The <c>status</c>, or an undefined element.</summary>
    public JsonElement Status => Find("status");

    /// <summary>The <c>metadata.name</c>, or empty.</summary>
    public string Name => Text("metadata", "name");

    /// <summary>The <c>metadata.namespace</c>; empty for cluster-scoped objects.</summary>
    public string Namespace => Text("metadata", "namespace");

    /// <summary>The <c>metadata.uid</c>, or empty.</summary>
    public string Uid => Text("metadata", "uid");

    /// <summary>The <c>metadata.resourceVersion</c>, or empty. Opaque.</summary>
    public string ResourceVersion => Text("metadata", "resourceVersion");

    /// <summary>The <c>metadata.generation</c>, or 0.</summary>
    public long Generation => Find("metadata", "generation") is { ValueKind: JsonValueKind.Number } n && n.TryGetInt64(out var value) ? value : 0;

    /// <summary>Whether deletion has been requested and finalizers are still at work.</summary>
    public bool IsDeleting => Text("metadata", "deletionTimestamp").Length > 0;

    /// <summary>The label's value, or null.</summary>
    public string? Label(string name) => StringOrNull(Find("metadata", "labels", name));

    /// <summary>The annotation's value, or null.</summary>
    public string? Annotation(string name) => StringOrNull(Find("metadata", "annotations", name));

    /// <summary>The element at a path of property names; an undefined element where any part is missing.</summary>
    public JsonElement Find(params ReadOnlySpan<string> path)
    {
        var current = Root;
        foreach (var name in path)
        {
            if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(name, out current))
            {
                return default;
            }
        }

        return current;
    }

    /// <summary>The string at a path of property names, or empty where it is missing or no string.</summary>
    public string Text(params ReadOnlySpan<string> path) => StringOrNull(Find(path)) ?? "";

    /// <summary>A mutable copy. Changing it leaves this object as it is.</summary>
    public JsonObject ToJsonObject() => JsonObject.Create(Root)!;

    /// <summary>Parses UTF-8 JSON.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    /// <exception cref="ArgumentException">The JSON is not an object.</exception>
    public static KubernetesObject Parse(ReadOnlySpan<byte> utf8Json) => new(JsonElement.Parse(utf8Json));

    /// <summary>Takes a snapshot of a JSON tree.</summary>
    public static KubernetesObject From(JsonObject json) => new(JsonSerializer.SerializeToElement(json));

    /// <summary>The object as compact JSON.</summary>
    public override string ToString() => Root.GetRawText();

    private static string? StringOrNull(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;
}
