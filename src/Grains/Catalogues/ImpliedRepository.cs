using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Grains;

/// <summary>Repositories that packages name and that have no object.</summary>
internal static class ImpliedRepository
{
    /// <summary>What stands for the object.</summary>
    public static KubernetesObject ObjectOf(string ns, string name) =>
        KubernetesObject.From(new JsonObject { ["metadata"] = new JsonObject { ["namespace"] = ns, ["name"] = name } });
}
