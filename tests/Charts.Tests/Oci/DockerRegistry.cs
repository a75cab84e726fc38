using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Wego.Charts.Tests.Oci;

/// <summary>Runs <c>docker-registry</c> on loopback with a folder of its own.</summary>
internal sealed class DockerRegistry : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private DockerRegistry(Process process, DirectoryInfo folder, int port) =>
        (_process, _folder, Authority) = (process, folder, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));

    public string Authority { get; }

    public Uri Url => new($"http://{Authority}/");

    /// <summary>Starts the program and waits until it says that it listens; null where it is absent.</summary>
    public static async Task<DockerRegistry?> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("wego-registry-");
        var port = FreePort();
        var configuration = Path.Combine(folder.FullName, "config.yml");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"version: 0.1\nlog: {{level: info, accesslog: {{disabled: true}}}}\nstorage: {{filesystem: {{rootdirectory: {folder.FullName}}}}}\nhttp: {{addr: \"127.0.0.1:{port}\"}}\n"));
        Process? process;
        try
        {
            process = Process.Start(new ProcessStartInfo("docker-registry")
            {
                ArgumentList = { "serve", configuration },
                RedirectStandardError = true,
                UseShellExecute = false,
            });
        }
        catch (Win32Exception)
        {
            folder.Delete(recursive: true);
            return null;
        }

        var registry = new DockerRegistry(process!, folder, port);
        var listening = new TaskCompletionSource();
        process!.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                listening.TrySetException(new InvalidOperationException("docker-registry ended before it listened."));
            }
            else if (line.Data.Contains("listening on", StringComparison.Ordinal))
            {
                listening.TrySetResult();
            }
        };
        process.BeginErrorReadLine();
        try
        {
            await listening.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }

        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
