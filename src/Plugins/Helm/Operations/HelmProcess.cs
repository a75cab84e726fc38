using System.ComponentModel;
using System.Diagnostics;

namespace Wego.Plugins.Helm;

/// <summary>Runs the <c>helm</c> program.</summary>
internal static class HelmProcess
{
    private const int MaxErrorBytes = 16 * 1024;

    /// <summary>Runs it to its end, or ends it.</summary>
    /// <param name="start">What to run.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="HelmStartException">It could not be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the process has ended.</exception>
    public static async Task<HelmResult> RunAsync(HelmProcessStart start, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(start);
        process.StandardInput.Close();
        var output = OutputTail.ReadStartAsync(process.StandardOutput.BaseStream, start.MaxOutputBytes);
        var errors = OutputTail.ReadEndAsync(process.StandardError.BaseStream, MaxErrorBytes);
        var timedOut = false;
        using (var deadline = new CancellationTokenSource(limit, time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token))
        {
            try
            {
                await process.WaitForExitAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                timedOut = !cancellationToken.IsCancellationRequested;
                await EndAsync(process, time);
            }
        }

        var (text, wasCut) = await output;
        var complaints = await errors;
        cancellationToken.ThrowIfCancellationRequested();
        return new HelmResult(process.ExitCode, text, complaints, timedOut) { OutputWasCut = wasCut };
    }

    private static Process Start(HelmProcessStart start)
    {
        var info = new ProcessStartInfo(start.Program, start.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = start.Folder,
        };
        info.Environment.Clear();
        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new HelmStartException(e.NativeErrorCode == 13 ? "Wego may not execute it" : $"it cannot be started (error {e.NativeErrorCode})", e);
        }
    }

    // Asked to end, Helm writes into the release what became of it.
    private static async Task EndAsync(Process process, TimeProvider time)
    {
        Posix.Terminate(process.Id);
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(HelmTimes.Grace, time);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
