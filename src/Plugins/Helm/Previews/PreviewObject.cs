using System.Text.Json.Nodes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>One object of a manifest.</summary>
/// <param name="Resource">Which object.</param>
/// <param name="Text">Its YAML as it was rendered.</param>
/// <param name="Content">What it says.</param>
internal sealed record PreviewObject(ResourceRef Resource, string Text, JsonObject Content)
{
    private const string List = "List";

    private bool IsSecret => Resource is { Kind: "Secret", ApiVersion: "v1" };

    /// <summary>The objects of a manifest, lists taken apart.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: the manifest is not YAML.</exception>
    public static IEnumerable<PreviewObject> Of(string manifest, string releaseNamespace)
    {
        foreach (var document in ManifestDocument.Split(manifest))
        {
            if (document.Content is JsonObject content)
            {
                foreach (var obj in Expand(document.Text, content, releaseNamespace))
                {
                    yield return obj;
                }
            }
        }
    }

    /// <summary>The YAML to show, without the contents of a Secret.</summary>
    /// <param name="other">The same object in the manifest that it is compared with, or null.</param>
    /// <param name="ifDifferent">How a value of a Secret is marked that is different there.</param>
    public string Show(PreviewObject? other = null, string ifDifferent = "") =>
        IsSecret ? YamlText.Write(SecretRedaction.Redact(Content, other?.Content, ifDifferent)) : Text.TrimEnd('\n') + "\n";

    private static IEnumerable<PreviewObject> Expand(string text, JsonObject content, string releaseNamespace)
    {
        var kind = Read(content, "kind");
        if (kind.EndsWith(List, StringComparison.Ordinal) && content["items"] is JsonArray items)
        {
            return items.OfType<JsonObject>().SelectMany(item => Expand(YamlText.Write(item), item, releaseNamespace));
        }

        var metadata = content["metadata"] as JsonObject ?? [];
        var ns = Read(metadata, "namespace");
        var resource = new ResourceRef(Read(content, "apiVersion"), kind, Read(metadata, "name"), ns.Length == 0 ? releaseNamespace : ns);
        return kind.Length == 0 ? [] : [new PreviewObject(resource, text, content)];
    }

    private static string Read(JsonObject obj, string name) => obj[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
