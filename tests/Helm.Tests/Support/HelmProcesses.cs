using System.Diagnostics;

namespace Wego.Helm.Tests;

/// <summary>Helm processes that are running for a scenario, found by the private folder that they run in.</summary>
internal static class HelmProcesses
{
    /// <summary>Kills the one that runs for this scenario, as the kernel does when memory is short.</summary>
    public static async Task KillAsync(string parent)
    {
        var found = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _) && WorkingFolder(name!) is { } folder && folder.StartsWith(parent, StringComparison.Ordinal))
            .Select(int.Parse!)
            .ToArray();
        using var process = Process.GetProcessById(found.ShouldHaveSingleItem());
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static string? WorkingFolder(string processId)
    {
        try
        {
            return new FileInfo($"/proc/{processId}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
