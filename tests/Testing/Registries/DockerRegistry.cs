using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Testing.ApiServers;

namespace Wego.Testing;

/// <summary>Runs <c>docker-registry</c> on loopback with a folder of its own.</summary>
public sealed class DockerRegistry : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private DockerRegistry(Process process, DirectoryInfo folder, int port) =>
        (_process, _folder, Authority) = (process, folder, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));

    public string Authority { get; }

    public Uri Url => new($"http://{Authority}/");

    /// <summary>Starts the program and waits until it says that it listens; null where it is absent.</summary>
    public static async Task<DockerRegistry?> StartAsync(CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("wego-registry-");
        var port = LoopbackPort.Free(1)[0];
        var configuration = Path.Combine(folder.FullName, "config.yml");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"version: 0.1\nlog: {{level: info, accesslog: {{disabled: true}}}}\nstorage: {{filesystem: {{rootdirectory: {folder.FullName}}}}}\nhttp: {{addr: \"127.0.0.1:{port}\"}}\n"), cancellationToken);
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
            await listening.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }

        return registry;
    }

    /// <summary>Pushes a chart as Helm does.</summary>
    /// <param name="repository">The path in the registry; its last part is the chart's name.</param>
    /// <param name="version">The version, which becomes the tag.</param>
    /// <param name="archive">The chart's archive.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task PushChartAsync(string repository, string version, byte[] archive, CancellationToken cancellationToken)
    {
        var name = repository[(repository.LastIndexOf('/') + 1)..];
        var config = new JsonObject { ["name"] = name, ["version"] = version, ["appVersion"] = "7" };
        return PushAsync(
            repository, version, "application/vnd.cncf.helm.config.v1+json", config, "application/vnd.cncf.helm.chart.content.v1.tar+gzip", archive, cancellationToken);
    }

    /// <summary>Pushes a container image, which is no chart.</summary>
    public Task PushImageAsync(string repository, string tag, CancellationToken cancellationToken) => PushAsync(
        repository, tag, "application/vnd.oci.image.config.v1+json", [], "application/vnd.oci.image.layer.v1.tar+gzip", [1, 2, 3], cancellationToken);

    private async Task PushAsync(
        string repository, string version, string configType, JsonObject config, string layerType, byte[] layer, CancellationToken cancellationToken)
    {
        const string Manifest = "application/vnd.oci.image.manifest.v1+json";
        using var http = new HttpClient { BaseAddress = Url };
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Manifest,
            ["config"] = await PushAsync(http, repository, configType, Encoding.UTF8.GetBytes(config.ToJsonString()), cancellationToken),
            ["layers"] = new JsonArray(await PushAsync(http, repository, layerType, layer, cancellationToken)),
        };
        using var content = new StringContent(manifest.ToJsonString(), new MediaTypeHeaderValue(Manifest));
        using var answer = await http.PutAsync(new Uri($"v2/{repository}/manifests/{version.Replace('+', '_')}", UriKind.Relative), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
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

    private static async Task<JsonObject> PushAsync(HttpClient http, string repository, string mediaType, byte[] content, CancellationToken cancellationToken)
    {
        using var upload = await http.PostAsync(new Uri($"v2/{repository}/blobs/uploads/", UriKind.Relative), null, cancellationToken);
        upload.EnsureSuccessStatusCode();
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
        var location = new Uri(http.BaseAddress!, upload.Headers.Location!);
        var address = new Uri($"{location}{(location.Query.Length > 0 ? '&' : '?')}digest={Uri.EscapeDataString(digest)}");
        using var blob = new ByteArrayContent(content);
        using var answer = await http.PutAsync(address, blob, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return new JsonObject { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = content.Length };
    }
}
