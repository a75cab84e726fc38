using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>
/// Names a repository's Secrets in the pods that pull images of its registries. Documents without such pods stay as they are, to
/// the letter.
/// </summary>
internal static class PullSecretInjector
{
    private static readonly string[] s_podSpec = ["spec"];
    private static readonly string[] s_templateSpec = ["spec", "template", "spec"];

    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: the manifest is not YAML.</exception>
    public static string Inject(string manifest, ImmutableArray<ImagePullSecret> secrets)
    {
        var byRegistry = secrets.SelectMany(s => s.Registries, (s, key) => (Registry: ImageRegistry.OfKey(key), s.Name)).ToLookup(s => s.Registry, s => s.Name, StringComparer.Ordinal);
        var result = new StringBuilder(manifest.Length + 256);
        foreach (var document in ManifestDocument.Split(manifest))
        {
            if (string.IsNullOrWhiteSpace(document.Text))
            {
                continue;
            }

            var text = InjectInto(document.Content, byRegistry) ? Comments(document.Text) + YamlText.Write(document.Content) : document.Text;
            result.Append("---\n").Append(text);
            if (!text.EndsWith('\n'))
            {
                result.Append('\n');
            }
        }

        return result.ToString();
    }

    private static bool InjectInto(JsonNode? node, ILookup<string, string> secrets)
    {
        if (node is not JsonObject document || Text(document["kind"]) is not { } kind)
        {
            return false;
        }

        if (document["items"] is JsonArray items && kind.EndsWith("List", StringComparison.Ordinal))
        {
            var changed = false;
            foreach (var item in items)
            {
                changed |= InjectInto(item, secrets);
            }

            return changed;
        }

        var path = PathOfPod(kind);
        JsonNode? spec = document;
        foreach (var name in path)
        {
            spec = (spec as JsonObject)?[name];
        }

        return path.Length > 0 && spec is JsonObject pod && InjectIntoPod(pod, secrets);
    }

    private static ReadOnlySpan<string> PathOfPod(string kind) => kind switch
    {
        "Pod" => s_podSpec,
        "Deployment" or "DaemonSet" or "StatefulSet" or "ReplicaSet" or "ReplicationController" or "Job" => s_templateSpec,
        "PodTemplate" => (string[])["template", "spec"],
        "CronJob" => (string[])["spec", "jobTemplate", "spec", "template", "spec"],
        _ => [],
    };

    private static bool InjectIntoPod(JsonObject pod, ILookup<string, string> secrets)
    {
        var wanted = Images(pod).SelectMany(image => secrets[ImageRegistry.OfImage(image)]);
        var present = (pod["imagePullSecrets"] as JsonArray ?? []).Select(s => Text((s as JsonObject)?["name"])).ToHashSet();
        var missing = wanted.Where(present.Add).ToArray();
        if (missing.Length == 0)
        {
            return false;
        }

        if (pod["imagePullSecrets"] is not JsonArray list)
        {
            pod["imagePullSecrets"] = list = [];
        }

        foreach (var name in missing)
        {
            list.Add(new JsonObject { ["name"] = name });
        }

        return true;
    }

    private static IEnumerable<string> Images(JsonObject pod) =>
        from list in (string[])["containers", "initContainers"]
        from container in pod[list] as JsonArray ?? []
        let image = Text((container as JsonObject)?["image"])
        where image is { Length: > 0 }
        select image;

    // "# Source: …" tells readers of the manifest where an object comes from.
    private static string Comments(string text) => string.Concat(text.Split('\n').TakeWhile(l => l.StartsWith('#')).Select(l => l + "\n"));

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
