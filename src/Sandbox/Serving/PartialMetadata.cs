using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Sandbox.Serving;

/// <summary>An object reduced to its metadata.</summary>
internal static class PartialMetadata
{
    public static KubernetesObject From(KubernetesObject content, string version) => KubernetesObject.From(new JsonObject
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = $"meta.k8s.io/{version}",
        ["metadata"] = JsonObject.Create(content.Metadata),
    });
}
