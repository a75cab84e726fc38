using System.Text;
using System.Text.Json.Nodes;

namespace Wego.Chart.Tests;

/// <summary>Writes what a pod mounts from ConfigMaps and Secrets below a folder that stands for the container's root.</summary>
internal sealed class PodVolumes(JsonNode pod, ClusterAdmin admin)
{
    private const string Namespace = "wego-system";

    /// <param name="root">The folder; paths in the files that point at a mount are made to point below it.</param>
    /// <param name="adapt">Changes what else cannot be as in a pod.</param>
    public async Task MountAsync(string root, Func<string, string> adapt)
    {
        var volumes = pod["volumes"]!.AsArray().ToDictionary(v => v!["name"]!.GetValue<string>(), v => v!, StringComparer.Ordinal);
        var mounts = pod["containers"]![0]!["volumeMounts"]!.AsArray();
        foreach (var mount in mounts)
        {
            var path = mount!["mountPath"]!.GetValue<string>();
            foreach (var (file, content) in await FilesAsync(volumes[mount["name"]!.GetValue<string>()]))
            {
                if (mount["subPath"]?.GetValue<string>() is not { } subPath)
                {
                    await WriteAsync(root, Path.Combine(path, file), adapt(content), mounts);
                }
                else if (subPath == file)
                {
                    await WriteAsync(root, path, adapt(content), mounts);
                }
            }
        }
    }

    private static async Task WriteAsync(string root, string path, string content, JsonArray mounts)
    {
        foreach (var mountPath in mounts.Select(m => m!["mountPath"]!.GetValue<string>()).Where(p => p != "/tmp"))
        {
            content = content
                .Replace($"\"{mountPath}/", $"\"{root}{mountPath}/", StringComparison.Ordinal)
                .Replace($"\"{mountPath}\"", $"\"{root}{mountPath}\"", StringComparison.Ordinal);
        }

        var file = root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, content);
    }

    private async Task<IEnumerable<(string File, string Content)>> FilesAsync(JsonNode volume)
    {
        if (volume["configMap"]?["name"]?.GetValue<string>() is { } configMap)
        {
            return (await admin.GetAsync($"/api/v1/namespaces/{Namespace}/configmaps/{configMap}"))["data"]!.AsObject().Select(d => (d.Key, d.Value!.GetValue<string>()));
        }

        return volume["secret"]?["secretName"]?.GetValue<string>() is { } secret
            ? (await admin.GetAsync($"/api/v1/namespaces/{Namespace}/secrets/{secret}"))["data"]!.AsObject()
                .Select(d => (d.Key, Encoding.UTF8.GetString(Convert.FromBase64String(d.Value!.GetValue<string>()))))
            : [];
    }
}
