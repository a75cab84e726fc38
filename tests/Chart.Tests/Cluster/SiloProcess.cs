using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Wego.Testing.ApiServers;

namespace Wego.Chart.Tests;

/// <summary>The executable, started as the rendered pod would be: with its settings file beside it, its arguments and its environment.</summary>
internal sealed partial class SiloProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private SupervisedProcess? _process;

    private SiloProcess(DirectoryInfo folder) => _folder = folder;

    /// <summary>Where the executable was built, for the same configuration as this assembly, out of <c>bin/CONFIGURATION/FRAMEWORK</c>.</summary>
    public static string Output
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(TestPaths.Root, "src", "Silo", "bin", own.Parent!.Name, own.Name);
        }
    }

    /// <summary>Where it serves.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Where it serves metrics.</summary>
    public Uri Metrics { get; } = new($"http://127.0.0.1:{LoopbackPort.Free(1)[0]}");

    /// <summary>What it wrote so far.</summary>
    public string Log => File.ReadAllText(LogFile);

    private string LogFile => Path.Combine(_folder.FullName, "log");

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="pod">The pod's specification.</param>
    /// <param name="admin">Reads what the pod mounts.</param>
    /// <param name="kubeconfig">Stands for the mounted service account.</param>
    /// <param name="argument">An argument beside those of the pod.</param>
    public static async Task<SiloProcess> StartAsync(JsonNode pod, ClusterAdmin admin, string kubeconfig, string argument)
    {
        var silo = new SiloProcess(Directory.CreateTempSubdirectory("wego-chart-"));
        try
        {
            await silo.StartProcessAsync(pod, admin, kubeconfig, argument);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task StartProcessAsync(JsonNode pod, ClusterAdmin admin, string kubeconfig, string argument)
    {
        var container = pod["containers"]![0]!;
        var root = _folder.CreateSubdirectory("root");
        Copy(new DirectoryInfo(Output), root.CreateSubdirectory("app"));
        // On loopback and a free port, as the pod's address is not there.
        await new PodVolumes(pod, admin).MountAsync(root.FullName, content => content.Replace("\"0.0.0.0:9090\"", $"\"{Metrics.Authority}\"", StringComparison.Ordinal));
        var kubeconfigFile = Path.Combine(_folder.FullName, "kubeconfig");
        await File.WriteAllTextAsync(kubeconfigFile, kubeconfig);

        var rendered = container["args"]!.AsArray().Select(a => a!.GetValue<string>().Replace("0.0.0.0:50051", "127.0.0.1:0", StringComparison.Ordinal));
        var environment = container["env"]!.AsArray().Select(e => $"{e!["name"]}={e["value"]?.GetValue<string>() ?? FieldOf(e)}");
        _process = SupervisedProcess.Start(
            LogFile,
            "/usr/bin/env",
            [.. environment, $"KUBECONFIG={kubeconfigFile}", "dotnet", Path.Combine(root.FullName, "app", "Wego.Silo.dll"), .. rendered, argument]);
        Address = await ListeningAsync(_process);
    }

    private static string FieldOf(JsonNode variable) => variable["valueFrom"]!["fieldRef"]!["fieldPath"]!.GetValue<string>() switch
    {
        "metadata.name" => "wego-0",
        "metadata.namespace" => "wego-system",
        "metadata.uid" => "00000000-0000-0000-0000-000000000000",
        "status.podIP" => "127.0.0.1",
        "spec.nodeName" => "node",
        var other => throw new NotSupportedException($"{other} has no stand-in."),
    };

    private async Task<Uri> ListeningAsync(SupervisedProcess process)
    {
        for (var attempt = 0; attempt < 600 && !process.HasExited; attempt++)
        {
            if (File.Exists(LogFile) && Listening().Match(Log) is { Success: true } match)
            {
                return new Uri(match.Groups["address"].Value);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new InvalidOperationException($"Wego does not listen.\n{process.Tail()}");
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories())
        {
            Copy(folder, to.CreateSubdirectory(folder.Name));
        }
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Listening();
}
