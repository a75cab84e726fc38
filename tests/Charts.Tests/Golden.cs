namespace Wego.Charts.Tests;

/// <summary>Cases kept as files. <c>WEGO_UPDATE_GOLDEN=1</c> rewrites what is expected.</summary>
internal static class Golden
{
    private static readonly string Root = Path.Combine(TestPaths.Root, "tests", "Charts.Tests", "Golden");

    /// <summary>The names of the cases in a folder.</summary>
    public static IEnumerable<string> Cases(string folder) =>
        Directory.GetDirectories(Path.Combine(Root, folder)).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    public static string PathOf(string folder, string name, string file = "") => Path.Combine(Root, folder, name, file);

    /// <summary>The rows of a table, without comments.</summary>
    public static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(Root, file)).Where(l => !l.StartsWith('#')).Select(l => l.Split('\t'));

    /// <summary>Compares with <c>expected.txt</c> of the case.</summary>
    public static void Verify(string folder, string name, string actual)
    {
        var path = PathOf(folder, name, "expected.txt");
        if (Environment.GetEnvironmentVariable("WEGO_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        actual.ShouldBe(File.ReadAllText(path), path);
    }
}
