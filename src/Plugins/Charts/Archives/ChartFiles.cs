namespace Wego.Plugins.Charts;

/// <summary>The files of a chart that Wego shows, as they were found in its archive.</summary>
internal sealed class ChartFiles
{
    private const string ValuesPrefix = "values-";

    private readonly Dictionary<string, byte[]> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _spellings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file belongs to what is shown: known by its name, at most one folder deep.</summary>
    public static bool IsWanted(string[] segments) => segments.Length is 1 or 2 && IsWanted(segments[^1]);

    /// <summary>Adds a file. Of two that differ in case only, the usual spelling counts, else the first.</summary>
    public void Add(string name, byte[] content)
    {
        if (_spellings.TryGetValue(name, out var known) && (IsUsual(known) || !IsUsual(name)))
        {
            return;
        }

        _spellings[name] = name;
        _files[name] = content;
    }

    /// <summary>The content of a file, or null.</summary>
    public byte[]? Find(string name) => _files.GetValueOrDefault(name);

    /// <summary>The further value files, by name without extension.</summary>
    public IEnumerable<KeyValuePair<string, byte[]>> AdditionalValues() => _files
        .Where(f => IsAdditionalValues(f.Key))
        .Select(f => KeyValuePair.Create(Path.GetFileNameWithoutExtension(_spellings[f.Key]), f.Value));

    private static bool IsWanted(string name) => name.ToUpperInvariant() switch
    {
        "CHART.YAML" or "README.MD" or "VALUES.YAML" or "VALUES.SCHEMA.JSON" or "REQUIREMENTS.YAML" => true,
        _ => IsAdditionalValues(name),
    };

    private static bool IsAdditionalValues(string name) =>
        name.StartsWith(ValuesPrefix, StringComparison.OrdinalIgnoreCase)
        && name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        && name.Length > ValuesPrefix.Length + ".yaml".Length;

    private static bool IsUsual(string name) => name is "Chart.yaml" or "README.md" or "values.yaml" or "values.schema.json" or "requirements.yaml";
}
