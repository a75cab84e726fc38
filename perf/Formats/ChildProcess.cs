using System.Diagnostics;

namespace Wego.Perf.Formats;

/// <summary>A program that is run to its end for what it writes.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it, and tells what it wrote to its standard output.</summary>
    /// <exception cref="InvalidOperationException">It could not be started, or failed; the message has what it wrote.</exception>
    public static async Task<string> ReadAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"{program} did not start");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(output);
    }
}
