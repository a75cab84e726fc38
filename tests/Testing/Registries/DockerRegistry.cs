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
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string Index = "application/vnd.oci.image.index.v1+json";

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

    /// <summary>
    /// Pushes something that refers to a version, listed under the tag that stands in for the API of referrers, which this registry lacks
    /// (<see href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#referrers-tag-schema">referrers tag schema</see>).
    /// </summary>
    /// <returns>The digest of its manifest.</returns>
    public async Task<string> PushReferrerAsync(string repository, string tag, string artifactType, string title, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(Manifest));
        var subject = await http.GetByteArrayAsync(new Uri($"v2/{repository}/manifests/{tag}", UriKind.Relative), cancellationToken);
        var annotations = new JsonObject { ["org.opencontainers.image.title"] = title };
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Manifest,
            ["artifactType"] = artifactType,
            ["config"] = await PushBlobAsync(http, repository, artifactType, "{}"u8.ToArray(), cancellationToken),
            ["layers"] = new JsonArray(),
            ["subject"] = Descriptor(Manifest, subject),
            ["annotations"] = annotations,
        };
        var content = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        var descriptor = Descriptor(Manifest, content);
        await PushManifestAsync(http, repository, DigestOf(content), Manifest, content, cancellationToken);
        descriptor["artifactType"] = artifactType;
        descriptor["annotations"] = annotations.DeepClone();
        var index = new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = Index, ["manifests"] = new JsonArray(descriptor) };
        await PushManifestAsync(http, repository, DigestOf(subject).Replace(':', '-'), Index, Encoding.UTF8.GetBytes(index.ToJsonString()), cancellationToken);
        return DigestOf(content);
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

    private async Task PushAsync(
        string repository, string version, string configType, JsonObject config, string layerType, byte[] layer, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url };
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Manifest,
            ["config"] = await PushBlobAsync(http, repository, configType, Encoding.UTF8.GetBytes(config.ToJsonString()), cancellationToken),
            ["layers"] = new JsonArray(await PushBlobAsync(http, repository, layerType, layer, cancellationToken)),
        };
        await PushManifestAsync(http, repository, version.Replace('+', '_'), Manifest, Encoding.UTF8.GetBytes(manifest.ToJsonString()), cancellationToken);
    }

    private static async Task PushManifestAsync(HttpClient http, string repository, string reference, string mediaType, byte[] manifest, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(manifest);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var answer = await http.PutAsync(new Uri($"v2/{repository}/manifests/{reference}", UriKind.Relative), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<JsonObject> PushBlobAsync(HttpClient http, string repository, string mediaType, byte[] content, CancellationToken cancellationToken)
    {
        using var upload = await http.PostAsync(new Uri($"v2/{repository}/blobs/uploads/", UriKind.Relative), null, cancellationToken);
        upload.EnsureSuccessStatusCode();
        var location = new Uri(http.BaseAddress!, upload.Headers.Location!);
        var address = new Uri($"{location}{(location.Query.Length > 0 ? '&' : '?')}digest={Uri.EscapeDataString(DigestOf(content))}");
        using var blob = new ByteArrayContent(content);
        using var answer = await http.PutAsync(address, blob, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return Descriptor(mediaType, content);
    }

    private static JsonObject Descriptor(string mediaType, byte[] content) => new() { ["mediaType"] = mediaType, ["digest"] = DigestOf(content), ["size"] = content.Length };

    private static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
