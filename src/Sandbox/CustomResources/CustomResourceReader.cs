using System.Text.Json.Nodes;
using Wego.Sandbox.Discovery;
using Wego.Sandbox.Json;
using Wego.Sandbox.Resources;

namespace Wego.Sandbox.CustomResources;

/// <summary>Reads a <c>CustomResourceDefinition</c> into what the server serves.</summary>
internal static class CustomResourceReader
{
    private static readonly PrinterColumn AgeColumn = new("Age", "date", ".metadata.creationTimestamp");

    public static ResourceDefinition Read(JsonObject definition)
    {
        var spec = definition.Object("spec")!;
        var names = spec.Object("names")!;
        var versions = (spec.Array("versions") ?? []).OfType<JsonObject>().ToArray();
        return new ResourceDefinition
        {
            Group = spec.Text("group")!,
            Resource = names.Text("plural")!,
            Kind = names.Text("kind")!,
            ListKind = names.Text("listKind") ?? "",
            Singular = names.Text("singular") ?? "",
            ShortNames = [.. names.Strings("shortNames")],
            Categories = [.. names.Strings("categories")],
            Namespaced = spec.Text("scope") is "Namespaced",
            StorageVersion = versions.First(v => v.Flag("storage")).Text("name")!,
            Versions = [.. versions.Where(v => v.Flag("served")).Select(Version).OrderBy(v => v.Name, ApiVersionOrder.Instance)],
            SelectableFields = [.. versions.SelectMany(v => v.Array("selectableFields") ?? []).Select(f => f.Text("jsonPath")?.TrimStart('.') ?? "").Distinct(StringComparer.Ordinal)],
            IsCustom = true,
        };
    }

    private static ResourceVersionDefinition Version(JsonObject version)
    {
        var subresources = version.Object("subresources");
        var columns = (version.Array("additionalPrinterColumns") ?? []).Select(c => new PrinterColumn(
            c.Text("name") ?? "",
            c.Text("type") ?? "string",
            c.Text("jsonPath") ?? "",
            c.Text("format") ?? "",
            c.Text("description") ?? "",
            (int)(c.Integer("priority") ?? 0))).ToArray();
        var scale = subresources.Object("scale");
        return new ResourceVersionDefinition(
            version.Text("name")!,
            version.Object("schema").Object("openAPIV3Schema") is { } schema ? StructuralSchema.Parse(schema) : null,
            columns.Length == 0 ? [AgeColumn] : columns,
            subresources.Object("status") is not null,
            scale is null ? null : new ScalePaths(scale.Text("specReplicasPath") ?? "", scale.Text("statusReplicasPath") ?? "", scale.Text("labelSelectorPath")));
    }
}
