namespace Wego.Testing;

/// <summary>Where tests find files that are not part of the build output.</summary>
public static class TestPaths
{
    /// <summary>The repository root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file of the shared test data (real CRDs and repository indexes), or null where it is absent.</summary>
    public static string? Shared(string relative)
    {
        var folder = Environment.GetEnvironmentVariable("WEGO_SHARED") ?? Path.Combine(Root, "..", "shared");
        var path = Path.GetFullPath(Path.Combine(folder, relative));
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Wego.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Wego.sln was not found above the test binaries.");
        }

        return folder;
    }
}
