using System.Diagnostics;
using Wego.Testing.ApiServers;

namespace Wego.Contract.Tests.Kubectl;

/// <summary>Runs kubectl as one user of a server, in one namespace, with a home folder of its own.</summary>
public sealed class KubectlRunner : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wego-kubectl-");
    private readonly string _namespace;

    public KubectlRunner(ITestApiServer server, TestIdentity identity, string @namespace)
    {
        _namespace = @namespace;
        File.WriteAllText(Path.Combine(_folder.FullName, "kubeconfig"), Kubeconfig.Render(server, identity));
    }

    private static string? Program =>
        Environment.GetEnvironmentVariable(ApiServerAssets.Variable) is { Length: > 0 } folder ? Path.Combine(folder, "kubectl") : null;

    /// <summary>Why kubectl cannot be run here, or null where it can.</summary>
    public static string? MissingReason() =>
        Program is null ? $"{ApiServerAssets.Variable} is not set, so that there is no kubectl"
        : File.Exists(Program) ? null
        : $"there is no {Program}";

    /// <summary>Runs it and returns what it printed; it must succeed.</summary>
    public async Task<string> RunAsync(string arguments, string? input = null)
    {
        var (code, output, error) = await StartAsync(arguments, input);
        code.ShouldBe(0, $"kubectl {arguments}\n{output}{error}");
        return output.TrimEnd();
    }

    /// <summary>Runs it and returns what it complained about; it must fail.</summary>
    public async Task<string> FailAsync(string arguments, string? input = null)
    {
        var (code, output, error) = await StartAsync(arguments, input);
        code.ShouldNotBe(0, $"kubectl {arguments}\n{output}{error}");
        return error.TrimEnd();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<(int Code, string Output, string Error)> StartAsync(string arguments, string? input)
    {
        var start = new ProcessStartInfo(Program!, $"--kubeconfig kubeconfig --namespace {_namespace} {arguments}")
        {
            UseShellExecute = false,
            WorkingDirectory = _folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _folder.FullName;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
