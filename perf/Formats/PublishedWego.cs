namespace Wego.Perf.Formats;

/// <summary>The executable as it is published, which is what runs in a cluster: compiled ahead of time.</summary>
internal static class PublishedWego
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "published");

    /// <summary>The path of its assembly.</summary>
    public static string Assembly { get; } = Path.Combine(s_folder, "Wego.Silo.dll");

    /// <summary>Publishes it.</summary>
    public static Task PublishAsync()
    {
        var project = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "src", "Silo"));
        return ChildProcess.ReadAsync("dotnet", "publish", project, "-c", "Release", "-v", "q", "--nologo", "-o", s_folder);
    }
}
