using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Carvel;

/// <summary>The Secrets in which values of an installed package are kept. Wego's own is named as the command line client of Carvel names it.</summary>
internal static class ValuesSecret
{
    private const string Key = "values.yaml";

    public static string NameOf(string install, string ns) => $"{install}-{ns}-values";

    /// <summary>The content for these values; null where there are none.</summary>
    public static SecretContent? ContentOf(string values) => SecretContent.Of((Key, values.Length == 0 ? null : values));

    /// <summary>The same as the object holds it.</summary>
    public static JsonObject DataOf(string values) => new() { [Key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(values)) };

    /// <summary>The names and keys that the install takes values from, in order; an empty key stands for all.</summary>
    public static IEnumerable<(string Name, string Key)> ReferencesOf(KubernetesObject install) => install.Spec.Child("values").Items()
        .Select(v => v.Child("secretRef"))
        .Select(r => (r.Text("name"), r.Text("key")))
        .Where(r => r.Item1.Length > 0);

    /// <summary>The content as users see it: a comment with the key, what it holds, and a line that ends the document.</summary>
    public static void Append(StringBuilder values, KubernetesObject secret, string key)
    {
        if (secret.Find("data") is not { ValueKind: JsonValueKind.Object } data)
        {
            return;
        }

        foreach (var entry in data.EnumerateObject().Where(e => key.Length == 0 || e.Name == key).OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            values.Append("\n# ").Append(entry.Name).Append('\n').Append(Decode(entry.Value.ToString())).Append("\n---");
        }
    }

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
