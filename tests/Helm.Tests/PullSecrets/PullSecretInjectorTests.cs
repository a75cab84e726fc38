using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Wego.Plugins;
using Wego.Plugins.Charts;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.PullSecrets;

/// <summary>
/// Folders with <c>input.yaml</c>, <c>secrets.txt</c> (a line per Secret: name, then registries) and <c>expected.yaml</c>. With
/// <c>WEGO_UPDATE_GOLDEN=1</c> the expected files are written anew, to be looked at before they are committed.
/// </summary>
public sealed class PullSecretInjectorTests
{
    private static readonly string s_root = Path.Combine(TestPaths.Root, "tests", "Helm.Tests", "PullSecrets", "Golden");

    public static TheoryData<string> Cases() => [.. Directory.GetDirectories(s_root).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_gives_what_is_expected(string name)
    {
        var folder = Path.Combine(s_root, name);
        var input = File.ReadAllText(Path.Combine(folder, "input.yaml"));
        ImmutableArray<ImagePullSecret> secrets =
            [.. File.ReadAllLines(Path.Combine(folder, "secrets.txt")).Select(l => l.Split(' ')).Select(p => new ImagePullSecret(p[0], [.. p.Skip(1)]))];

        string actual;
        try
        {
            actual = PullSecretInjector.Inject(input, secrets);
            SameButForPullSecrets(input, actual);
        }
        catch (PackageException e)
        {
            actual = $"# {e.Code}: {e.Message}\n";
        }

        var path = Path.Combine(folder, "expected.yaml");
        if (Environment.GetEnvironmentVariable("WEGO_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        actual.ShouldBe(File.ReadAllText(path), name);
    }

    private static void SameButForPullSecrets(string before, string after) =>
        Documents(after).Select(d => d.ToJsonString()).ShouldBe(Documents(before).Select(d => d.ToJsonString()));

    private static IEnumerable<JsonNode> Documents(string manifest) => YamlJson.ReadDocuments(manifest).OfType<JsonNode>().Select(d =>
    {
        Remove(d);
        return d;
    });

    private static void Remove(JsonNode? node)
    {
        if (node is JsonObject obj)
        {
            obj.Remove("imagePullSecrets");
        }

        foreach (var child in node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] })
        {
            Remove(child);
        }
    }
}
