namespace Wego.Chart.Tests;

/// <summary>Cases kept as files. <c>WEGO_UPDATE_GOLDEN=1</c> rewrites what is expected.</summary>
internal static class Cases
{
    private static readonly string Root = Path.Combine(TestPaths.Root, "tests", "Chart.Tests");

    public static IEnumerable<string> In(string folder) =>
        Directory.GetFileSystemEntries(Path.Combine(Root, folder)).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Compares with a file.</summary>
    public static void Verify(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("WEGO_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        actual.ShouldBe(File.ReadAllText(path), path);
    }
}
