namespace Wego.Jq.Tests;

/// <summary>
/// A case of the behaviour table: paragraphs of a program, its input, and the values that it yields, one per line; <c>!</c> where it
/// then fails. A program may begin with <c>gojq:</c> where other implementations differ. Lines that begin with <c>#</c> are headings.
/// </summary>
internal sealed record JqCase(string Program, string Input, IReadOnlyList<string> Results, bool IsGojqOnly)
{
    private const string GojqOnly = "gojq: ";

    public static IEnumerable<JqCase> All() =>
        Directory.GetFiles(Path.Combine(TestPaths.Root, "tests", "Jq.Tests", "Golden"), "*.cases").Order(StringComparer.Ordinal).SelectMany(Read);

    private static IEnumerable<JqCase> Read(string file)
    {
        var lines = new List<string>();
        foreach (var line in File.ReadLines(file).Append(""))
        {
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                lines.Add(line);
            }
            else if (lines.Count > 0)
            {
                var gojqOnly = lines[0].StartsWith(GojqOnly, StringComparison.Ordinal);
                yield return new JqCase(gojqOnly ? lines[0][GojqOnly.Length..] : lines[0], lines[1], lines[2..], gojqOnly);
                lines.Clear();
            }
        }
    }
}
