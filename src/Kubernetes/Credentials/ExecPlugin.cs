using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Wego.Kubernetes;

/// <summary>
/// Runs a credential plugin without a terminal and reads the <c>ExecCredential</c> that it prints. What it writes to standard error
/// is not repeated: plugins print secrets there too.
/// </summary>
internal sealed class ExecPlugin(ExecConfiguration exec, ClusterConfiguration cluster, TimeProvider time)
{
    private const int MaxOutputChars = 1 << 20;

    public async Task<ExecResult> RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start();
        using var deadline = new Deadline(exec.Timeout, time, cancellationToken);
        string output;
        try
        {
            process.StandardInput.Close();
            var errors = DrainAsync(process.StandardError, deadline.Token);
            output = await ReadAsync(process.StandardOutput, deadline.Token);
            await errors;
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            throw Failed($"gave no credentials within {exec.Timeout.TotalSeconds:0} s");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        if (process.ExitCode != 0)
        {
            throw Failed($"ended with exit code {process.ExitCode}; run it by hand to see why");
        }

        return ExecCredentialReader.Read(output, exec.ApiVersion, time.GetUtcNow(), Failed);
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(exec.Command, exec.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var (name, value) in exec.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = ExecInfo.Create(exec, cluster);
        try
        {
            return Process.Start(start) ?? throw Failed("did not start");
        }
        catch (Win32Exception e)
        {
            throw Failed($"cannot be started ({e.NativeErrorCode switch { 2 => "not found", 13 => "no permission", _ => "error " + e.NativeErrorCode }})"
                + (exec.InstallHint is null ? "" : $". {exec.InstallHint}"));
        }
    }

    private async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (read = await reader.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (text.Append(buffer, 0, read).Length > MaxOutputChars)
            {
                throw Failed($"printed more than {MaxOutputChars} characters");
            }
        }

        return text.ToString();
    }

    private static async Task DrainAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var buffer = new char[1024];
        while (await reader.ReadAsync(buffer, cancellationToken) > 0)
        {
            // Read so that the plugin never blocks on a full pipe.
        }
    }

    private KubernetesException Failed(string what) =>
        new(KubernetesFailure.Unavailable, $"The credential plugin '{exec.Command}' ({cluster.Origin}) {what}.");
}
