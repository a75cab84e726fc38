namespace Wego.Perf.Formats;

/// <summary>The executable as the image has it: compiled ahead of time, with the runtime.</summary>
internal static class PublishedWego
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "published");

    /// <summary>The path of the executable.</summary>
    public static string Executable { get; } = Path.Combine(s_folder, "Wego.Silo");

    /// <summary>Publishes it.</summary>
    public static Task PublishAsync()
    {
        var script = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "build", "publish.sh"));
        return ChildProcess.ReadAsync("bash", script, s_folder);
    }
}
