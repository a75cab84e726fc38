using System.Text.Json;
using System.Text.Json.Nodes;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Kubernetes;

namespace Wego.Plugins.Helm;

/// <summary>
/// Where and as whom Kubeapps ran its sync jobs: node selector, tolerations and security context of the <c>syncJobPodTemplate</c>.
/// Wego has no such jobs; what is set is kept for whoever reads it.
/// </summary>
internal static class SyncJobPod
{
    public static void Read(KubernetesObject repository, HelmPackageRepositoryCustomDetail detail)
    {
        var spec = repository.Find("spec", "syncJobPodTemplate", "spec");
        if (spec.Child("nodeSelector") is { ValueKind: JsonValueKind.Object } selector)
        {
            foreach (var label in selector.EnumerateObject().Where(l => l.Value.ValueKind == JsonValueKind.String))
            {
                detail.NodeSelector[label.Name] = label.Value.GetString();
            }
        }

        detail.Tolerations.Add(spec.Child("tolerations").Items().Select(ReadToleration));
        if (spec.Child("securityContext") is { ValueKind: JsonValueKind.Object } context && context.EnumerateObject().Any())
        {
            detail.SecurityContext = ReadContext(context);
        }
    }

    /// <summary>Puts what the detail has into a pod template, in place of what is there.</summary>
    public static void Write(HelmPackageRepositoryCustomDetail detail, JsonObject template)
    {
        Set(template, "nodeSelector", detail.NodeSelector.Count == 0 ? null : Map(detail.NodeSelector));
        Set(template, "tolerations", detail.Tolerations.Count == 0 ? null : new JsonArray([.. detail.Tolerations.Select(WriteToleration)]));
        Set(template, "securityContext", detail.SecurityContext is { } context ? WriteContext(context) : null);
    }

    private static void Set(JsonObject template, string field, JsonNode? value)
    {
        if (template["spec"] is not JsonObject spec)
        {
            if (value is null)
            {
                return;
            }

            template["spec"] = spec = [];
        }

        spec.Remove(field);
        if (value is not null)
        {
            spec[field] = value;
        }
    }

    private static Toleration ReadToleration(JsonElement element)
    {
        var toleration = new Toleration();
        Each("key", text => toleration.Key = text);
        Each("operator", text => toleration.Operator = text);
        Each("value", text => toleration.Value = text);
        Each("effect", text => toleration.Effect = text);
        if (Whole(element, "tolerationSeconds") is { } seconds)
        {
            toleration.TolerationSeconds = seconds;
        }

        return toleration;

        void Each(string name, Action<string> set)
        {
            if (element.Child(name) is { ValueKind: JsonValueKind.String } text)
            {
                set(text.GetString()!);
            }
        }
    }

    private static JsonObject WriteToleration(Toleration toleration)
    {
        var written = new JsonObject();
        Add(written, "key", toleration.HasKey ? toleration.Key : null);
        Add(written, "operator", toleration.HasOperator ? toleration.Operator : null);
        Add(written, "value", toleration.HasValue ? toleration.Value : null);
        Add(written, "effect", toleration.HasEffect ? toleration.Effect : null);
        Add(written, "tolerationSeconds", toleration.HasTolerationSeconds ? toleration.TolerationSeconds : null);
        return written;
    }

    private static PodSecurityContext ReadContext(JsonElement element)
    {
        var context = new PodSecurityContext();
        if (Whole(element, "runAsUser") is { } user)
        {
            context.RunAsUser = user;
        }

        if (Whole(element, "runAsGroup") is { } group)
        {
            context.RunAsGroup = group;
        }

        if (element.Child("runAsNonRoot") is { ValueKind: JsonValueKind.True or JsonValueKind.False } nonRoot)
        {
            context.RunAsNonRoot = nonRoot.GetBoolean();
        }

        if (Whole(element, "fsGroup") is { } files)
        {
            context.FSGroup = files;
        }

        context.SupplementalGroups.Add(element.Child("supplementalGroups").Items()
            .Where(g => g.ValueKind == JsonValueKind.Number)
            .Select(g => g.TryGetInt64(out var number) ? number : 0));
        return context;
    }

    // An empty one, as the Kubeapps dashboard sends it, says nothing.
    private static JsonObject? WriteContext(PodSecurityContext context)
    {
        var written = new JsonObject();
        Add(written, "runAsUser", context.HasRunAsUser ? context.RunAsUser : null);
        Add(written, "runAsGroup", context.HasRunAsGroup ? context.RunAsGroup : null);
        Add(written, "runAsNonRoot", context.HasRunAsNonRoot ? context.RunAsNonRoot : null);
        Add(written, "supplementalGroups", context.SupplementalGroups.Count == 0 ? null : new JsonArray([.. context.SupplementalGroups.Select(g => (JsonNode)g)]));
        Add(written, "fsGroup", context.HasFSGroup ? context.FSGroup : null);
        return written.Count == 0 ? null : written;
    }

    private static JsonObject Map(IEnumerable<KeyValuePair<string, string>> map) => new(map
        .OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));

    private static void Add(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }

    private static long? Whole(JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Number } n && n.TryGetInt64(out var value) ? value : null;
}
