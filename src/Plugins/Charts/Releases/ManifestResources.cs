using System.Collections.Immutable;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Wego.Plugins.Charts;

/// <summary>
/// Reads the objects of a Helm manifest: one reference per document, lists expanded. Where an object names no namespace the
/// release's stands, cluster-scoped kinds included, as clients of the Kubeapps API expect.
/// </summary>
public static class ManifestResources
{
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: the manifest is not YAML.</exception>
    public static ImmutableArray<ResourceRef> Read(string manifest, string releaseNamespace)
    {
        var resources = ImmutableArray.CreateBuilder<ResourceRef>();
        try
        {
            foreach (var document in YamlJson.ReadDocuments(manifest))
            {
                Add(resources, document, releaseNamespace);
            }
        }
        catch (YamlException e)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"The manifest of the Helm release is not YAML at line {e.Start.Line}, column {e.Start.Column}: {e.Message}",
                e);
        }

        return resources.DrainToImmutable();
    }

    private static void Add(ImmutableArray<ResourceRef>.Builder resources, JsonNode? node, string releaseNamespace)
    {
        if (node is not JsonObject document || Text(document, "kind") is not { Length: > 0 } kind)
        {
            return;
        }

        if (kind is "List" or "RoleList" or "ClusterRoleList")
        {
            foreach (var item in document["items"] as JsonArray ?? [])
            {
                Add(resources, item, releaseNamespace);
            }

            return;
        }

        var metadata = document["metadata"] as JsonObject;
        var ns = Text(metadata, "namespace");
        resources.Add(new ResourceRef(Text(document, "apiVersion"), kind, Text(metadata, "name"), ns.Length == 0 ? releaseNamespace : ns));
    }

    private static string Text(JsonObject? node, string name) => node?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
