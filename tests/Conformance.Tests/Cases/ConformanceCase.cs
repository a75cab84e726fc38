using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wego.Conformance;

/// <summary>
/// One case: the folder <c>Golden/TABLE/OPERATION/CASE</c>, whose files <c>Golden/README.md</c> describes. Expected files are facts,
/// so nothing here writes them.
/// </summary>
internal sealed class ConformanceCase(string table, string name)
{
    /// <summary>Stands for host and port of the case's chart repository in all its files.</summary>
    public const string Repository = "(repository)";

    private readonly string _folder = Path.Combine(Root, table, name);

    /// <summary>Where the tables are.</summary>
    public static string Root { get; } = Path.Combine(TestPaths.Root, "tests", "Conformance.Tests", "Golden");

    /// <summary>Host and port of the chart repository, once it runs.</summary>
    public string? RepositoryAuthority { get; set; }

    /// <summary>What to ask, and how.</summary>
    public CaseRequest Request => CaseRequest.Read(Object("request.json") ?? throw new InvalidDataException($"{_folder} has no request.json."));

    /// <summary>The answer: a message, or a code with a part of the message.</summary>
    public JsonObject Expected => Object("expected.json") ?? throw new InvalidDataException($"{_folder} has no expected.json.");

    /// <summary>The manifest of what exists before; empty for nothing.</summary>
    public string Cluster => Text("cluster.yaml") ?? "";

    /// <summary>The manifest of what must, or must not, exist afterwards; empty for no demand.</summary>
    public string ClusterAfter => Text("cluster-after.yaml") ?? "";

    /// <summary>Settings of the server, <c>Key:With:Colons</c> to value.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        (Object("settings.json") ?? []).ToDictionary(s => s.Key, s => s.Value!.GetValue<string>(), StringComparer.Ordinal);

    /// <summary>How the API server misbehaves.</summary>
    public IReadOnlyList<CaseFault> Faults => Read<CaseFault[]>("faults.json") ?? [];

    /// <summary>The folder with what the case's chart repository serves; it need not exist.</summary>
    public string RepositoryFolder => Path.Combine(_folder, "repository");

    /// <summary>What the repository answers whatever is in the folder.</summary>
    public IReadOnlyList<CaseHttpAnswer> Answers => Read<CaseHttpAnswer[]>("answers.json") ?? [];

    /// <summary>Releases of Helm that exist before.</summary>
    public JsonArray Releases => Read<JsonArray>("releases.json") ?? [];

    /// <summary>Releases of Helm that must exist afterwards.</summary>
    public JsonArray ReleasesAfter => Read<JsonArray>("releases-after.json") ?? [];

    /// <summary>The cases of a table, as <c>OPERATION/CASE</c>.</summary>
    public static IReadOnlyList<string> Of(string table) => Directory.Exists(Path.Combine(Root, table))
        ? [.. Directory.EnumerateFiles(Path.Combine(Root, table), "request.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(Root, table), Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>How many of them differ from the original on purpose.</summary>
    public static int Differences(string table) => Of(table).Count(name => File.Exists(Path.Combine(Root, table, name, "difference.txt")));

    private JsonObject? Object(string file) => Text(file) is { } text ? JsonNode.Parse(text)!.AsObject() : null;

    private T? Read<T>(string file)
        where T : class => Text(file) is { } text ? JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web) : null;

    private string? Text(string file) => Path.Combine(_folder, file) is var path && File.Exists(path)
        ? File.ReadAllText(path).Replace(Repository, RepositoryAuthority, StringComparison.Ordinal)
        : null;
}
