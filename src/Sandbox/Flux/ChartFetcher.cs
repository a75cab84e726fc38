using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Flux;

/// <summary>Fetches indexes and charts of HTTP repositories for the stand-ins.</summary>
internal sealed class ChartFetcher(IKubernetesClient client) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>The text of <c>index.yaml</c>.</summary>
    /// <exception cref="HttpRequestException">It cannot be had.</exception>
    public async Task<string> GetIndexAsync(KubernetesObject repository, CancellationToken cancellationToken)
    {
        using var response = await GetAsync(repository, new Uri(Base(repository), "index.yaml"), cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>The newest version that fits, and what its archive holds.</summary>
    /// <exception cref="ChartException">There is no such chart or version.</exception>
    public async Task<Chart> GetChartAsync(KubernetesObject repository, string name, string version, CancellationToken cancellationToken)
    {
        var index = YamlDocuments.Parse(await GetIndexAsync(repository, cancellationToken)).First();
        var versions = index.Object("entries").Array(name)?.OfType<JsonObject>().ToArray()
            ?? throw new ChartException($"no chart '{name}' found");
        var wanted = VersionRange.Parse(version);
        var newest = versions
            .Select(v => (Entry: v, Version: VersionRange.Numbers(v.Text("version") ?? "")))
            .Where(v => wanted.Contains(v.Entry.Text("version") ?? ""))
            .OrderByDescending(v => v.Version)
            .Select(v => v.Entry)
            .FirstOrDefault()
            ?? throw new ChartException($"no '{name}' chart with version matching '{version}' found");
        var url = newest.Array("urls")?.FirstOrDefault().AsText() ?? throw new ChartException($"chart '{name}' has no address");
        using var response = await GetAsync(repository, new Uri(Base(repository), url), cancellationToken);
        await using var archive = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new Chart(name, newest.Text("version") ?? "", newest.Text("appVersion") ?? "", await ReadAsync(archive, cancellationToken));
    }

    public void Dispose() => _http.Dispose();

    private static Uri Base(KubernetesObject repository) => new(repository.Text("spec", "url").TrimEnd('/') + "/");

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(Stream archive, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using var gzip = new GZipStream(archive, CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry is { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile, DataStream: { } data } && entry.Name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
            {
                using var reader = new StreamReader(data, Encoding.UTF8);
                files[entry.Name[(slash + 1)..]] = await reader.ReadToEndAsync(cancellationToken);
            }
        }

        return files;
    }

    private async Task<HttpResponseMessage> GetAsync(KubernetesObject repository, Uri uri, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (repository.Text("spec", "secretRef", "name") is { Length: > 0 } secret)
        {
            request.Headers.Authorization = await CredentialsAsync(repository.Namespace, secret, cancellationToken);
        }

        var response = await _http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            response.Dispose();
            throw new ChartException($"failed to fetch {uri} : {(int)response.StatusCode} {response.ReasonPhrase}");
        }

        return response;
    }

    private async Task<AuthenticationHeaderValue?> CredentialsAsync(string ns, string name, CancellationToken cancellationToken)
    {
        var secret = await client.TryGetAsync(FluxResources.Secrets, ns, name, cancellationToken)
            ?? throw new ChartException($"failed to get secret '{ns}/{name}': secrets \"{name}\" not found");
        return secret.Find("data", "username") is { ValueKind: JsonValueKind.String } user && secret.Find("data", "password") is { ValueKind: JsonValueKind.String } password
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String([.. user.GetBytesFromBase64(), (byte)':', .. password.GetBytesFromBase64()]))
            : null;
    }
}
