using System.Diagnostics;

namespace Wego.Perf.Formats;

/// <summary>The executable as it is published, which is what runs in a cluster: compiled ahead of time.</summary>
internal static class PublishedWego
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "published");

    /// <summary>The path of its assembly.</summary>
    public static string Assembly { get; } = Path.Combine(s_folder, "Wego.Silo.dll");

    /// <summary>Publishes it.</summary>
    public static async Task PublishAsync()
    {
        var project = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "src", "Silo"));
        var start = new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "-v", "q", "--nologo", "-o", s_folder]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var publish = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException(output);
        }
    }
}
