using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Storage;

/// <summary>One immutable revision of an object. It is serialised once, whoever reads it.</summary>
internal sealed class StoredObject
{
    private KubernetesObject? _converted;

    private StoredObject(KubernetesObject content, long resourceVersion)
    {
        Content = content;
        ResourceVersion = resourceVersion;
        Key = new ObjectKey(content.Namespace, content.Name);
        Uid = content.Uid;
    }

    public KubernetesObject Content { get; }

    public long ResourceVersion { get; }

    public ObjectKey Key { get; }

    public string Uid { get; }

    /// <summary>Takes the tree as it is and stamps the resource version on it.</summary>
    public static StoredObject Create(JsonObject json, long resourceVersion)
    {
        json.Metadata()["resourceVersion"] = resourceVersion.ToString(CultureInfo.InvariantCulture);
        // As an API server does, whatever the order of a manifest: lists rely on it.
        MoveTo(json, 0, "apiVersion");
        MoveTo(json, 1, "kind");
        return new StoredObject(new KubernetesObject(JsonText.ToElement(json)), resourceVersion);
    }

    /// <summary>A mutable tree; changing it does not change this revision.</summary>
    public JsonObject ToJson() => JsonObject.Create(Content.Root)!;

    /// <summary>The object with the <c>apiVersion</c> a client asked for: versions differ in nothing else (conversion strategy None).</summary>
    public KubernetesObject As(string apiVersion)
    {
        if (string.Equals(Content.ApiVersion, apiVersion, StringComparison.Ordinal))
        {
            return Content;
        }

        if (_converted is not { } converted || !string.Equals(converted.ApiVersion, apiVersion, StringComparison.Ordinal))
        {
            var json = ToJson();
            json["apiVersion"] = apiVersion;
            _converted = converted = new KubernetesObject(JsonText.ToElement(json));
        }

        return converted;
    }

    private static void MoveTo(JsonObject json, int index, string property)
    {
        var present = json.IndexOf(property);
        if (present >= 0 && present != index && json[property] is { } value)
        {
            json.RemoveAt(present);
            json.Insert(Math.Min(index, json.Count), property, value);
        }
    }

    /// <summary>The JSON bytes of an object.</summary>
    public static ReadOnlySpan<byte> Utf8(KubernetesObject content) => JsonMarshal.GetRawUtf8Value(content.Root);
}
