using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Carvel;

/// <summary>What an App is to deploy.</summary>
/// <param name="Objects">The objects, in order.</param>
/// <param name="Digest">Changes with whatever would change in the cluster.</param>
internal sealed record AppContent(IReadOnlyList<JsonObject> Objects, string Digest)
{
    /// <summary>Fetches and renders it, as far as the sandbox can: with ytt.</summary>
    /// <exception cref="CarvelException">It cannot be had or rendered.</exception>
    public static async Task<AppContent> ReadAsync(IKubernetesClient client, ContentFetcher fetcher, KubernetesObject app, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var fetch in Items(app.Find("spec", "fetch")))
        {
            foreach (var (path, text) in await fetcher.FetchAsync(app.Namespace, fetch, cancellationToken))
            {
                files[path] = text;
            }
        }

        var template = new YttTemplate(files);
        foreach (var step in Items(app.Find("spec", "template")))
        {
            if (!step.TryGetProperty("ytt", out var ytt))
            {
                // kbld finds images in a registry; without one there is nothing for it to do.
                if (!step.TryGetProperty("kbld", out _))
                {
                    throw new CarvelException($"The sandbox renders with ytt, not with {step.EnumerateObject().Select(p => p.Name).FirstOrDefault()}");
                }

                continue;
            }

            foreach (var source in ytt.TryGetProperty("valuesFrom", out var sources) ? Items(sources) : [])
            {
                await AddAsync(client, template.Values, app, source, cancellationToken);
            }
        }

        var objects = template.Render();
        var rendered = string.Join('\n', objects.Select(o => JsonText.Canonical(o)));
        return new AppContent(objects, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rendered))));
    }

    private static IEnumerable<JsonElement> Items(JsonElement array) => array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray()] : [];

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static async Task AddAsync(IKubernetesClient client, YttValues values, KubernetesObject app, JsonElement source, CancellationToken cancellationToken)
    {
        if (source.TryGetProperty("downwardAPI", out var downward))
        {
            foreach (var item in downward.TryGetProperty("items", out var items) ? Items(items) : [])
            {
                var field = Text(item, "fieldPath");
                var value = field switch
                {
                    "metadata.name" => app.Name,
                    "metadata.namespace" => app.Namespace,
                    "metadata.uid" => app.Uid,
                    _ => throw new CarvelException($"Writing values: Extracting field '{field}' is not known to the sandbox"),
                };
                values.Add(new JsonObject { [Text(item, "name")] = value }, "downwardAPI");
            }

            return;
        }

        var isSecret = source.TryGetProperty("secretRef", out var reference);
        if (!isSecret && !source.TryGetProperty("configMapRef", out reference))
        {
            throw new CarvelException("Writing values: the sandbox reads values of secretRef, configMapRef and downwardAPI");
        }

        var (resource, name) = (isSecret ? CarvelResources.Secrets : CarvelResources.ConfigMaps, Text(reference, "name"));
        var found = await client.TryGetAsync(resource, app.Namespace, name, cancellationToken)
            ?? throw new CarvelException($"Writing values: Getting {resource.Resource} '{name}': {resource.Resource} \"{name}\" not found");
        foreach (var file in found.Find("data") is { ValueKind: JsonValueKind.Object } data ? data.EnumerateObject().OrderBy(d => d.Name, StringComparer.Ordinal).ToArray() : [])
        {
            var text = isSecret ? Encoding.UTF8.GetString(file.Value.GetBytesFromBase64()) : file.Value.GetString()!;
            foreach (var document in YttTemplate.Parse(text, file.Name))
            {
                values.Add(document, file.Name);
            }
        }
    }
}
