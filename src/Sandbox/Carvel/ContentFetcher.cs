using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;

namespace Wego.Sandbox.Carvel;

/// <summary>Fetches what a repository or an App consists of: inline files and archives over HTTP.</summary>
internal sealed class ContentFetcher(IKubernetesClient client) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>The files, by path.</summary>
    /// <exception cref="CarvelException">They cannot be had.</exception>
    public async Task<SortedDictionary<string, string>> FetchAsync(string ns, JsonElement fetch, CancellationToken cancellationToken)
    {
        if (fetch.ValueKind == JsonValueKind.Object && fetch.TryGetProperty("inline", out var inline))
        {
            return await InlineAsync(ns, inline, cancellationToken);
        }

        if (fetch.ValueKind == JsonValueKind.Object && fetch.TryGetProperty("http", out var http))
        {
            return await HttpAsync(ns, http, cancellationToken);
        }

        var kind = fetch.ValueKind == JsonValueKind.Object ? fetch.EnumerateObject().Select(p => p.Name).FirstOrDefault() : null;
        throw new CarvelException($"vendir: Error: the sandbox fetches 'http' and 'inline', not '{kind}'", isOutput: true);
    }

    public void Dispose() => _http.Dispose();

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private async Task<SortedDictionary<string, string>> InlineAsync(string ns, JsonElement inline, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (inline.TryGetProperty("paths", out var paths) && paths.ValueKind == JsonValueKind.Object)
        {
            foreach (var path in paths.EnumerateObject())
            {
                files[path.Name] = path.Value.GetString() ?? "";
            }
        }

        if (inline.TryGetProperty("pathsFrom", out var sources) && sources.ValueKind == JsonValueKind.Array)
        {
            foreach (var source in sources.EnumerateArray())
            {
                await AddAsync(files, ns, source, cancellationToken);
            }
        }

        return files;
    }

    private async Task AddAsync(SortedDictionary<string, string> files, string ns, JsonElement source, CancellationToken cancellationToken)
    {
        var isSecret = source.TryGetProperty("secretRef", out var reference);
        if (!isSecret && !source.TryGetProperty("configMapRef", out reference))
        {
            throw new CarvelException("Expected either secretRef or configMapRef as a source of inline paths");
        }

        var folder = Text(reference, "directoryPath") is { Length: > 0 } given ? given.TrimEnd('/') + "/" : "";
        var name = Text(reference, "name");
        var resource = isSecret ? CarvelResources.Secrets : CarvelResources.ConfigMaps;
        var found = await client.TryGetAsync(resource, ns, name, cancellationToken)
            ?? throw new CarvelException($"{resource.Resource} \"{name}\" not found");
        if (found.Find("data") is { ValueKind: JsonValueKind.Object } data)
        {
            foreach (var item in data.EnumerateObject())
            {
                files[folder + item.Name] = isSecret ? Encoding.UTF8.GetString(item.Value.GetBytesFromBase64()) : item.Value.GetString()!;
            }
        }
    }

    private async Task<SortedDictionary<string, string>> HttpAsync(string ns, JsonElement http, CancellationToken cancellationToken)
    {
        var url = Text(http, "url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw Vendir(url, "it is no http or https address");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (http.TryGetProperty("secretRef", out var secret) && Text(secret, "name") is { Length: > 0 } name)
        {
            request.Headers.Authorization = await AuthorizationAsync(ns, name, cancellationToken);
        }

        byte[] content;
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw Vendir(url, $"Expected 200 OK, but was '{(int)response.StatusCode} {response.ReasonPhrase}'");
            }

            content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Vendir(url, e.Message);
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        if (Text(http, "sha256") is { Length: > 0 } expected && expected != digest)
        {
            throw Vendir(url, $"Expected digest to match '{expected}', but was '{digest}'");
        }

        return Below(await UnpackAsync(content, address, cancellationToken), Text(http, "subPath"));
    }

    private static CarvelException Vendir(string url, string reason) =>
        new($"vendir: Error: Syncing directory '0': Syncing directory '.' with HTTP contents: Downloading URL '{url}': {reason}", isOutput: true);

    private static SortedDictionary<string, string> Below(SortedDictionary<string, string> files, string folder)
    {
        var prefix = folder.Trim('/') is { Length: > 0 } trimmed ? trimmed + "/" : "";
        return new(files.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[prefix.Length..], f => f.Value), StringComparer.Ordinal);
    }

    private static async Task<SortedDictionary<string, string>> UnpackAsync(byte[] content, Uri address, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (content is not [0x1f, 0x8b, ..])
        {
            // What is no archive is a file.
            files[Path.GetFileName(address.AbsolutePath)] = Encoding.UTF8.GetString(content);
            return files;
        }

        try
        {
            await using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            await using var tar = new TarReader(gzip);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry is { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile, DataStream: { } data })
                {
                    using var reader = new StreamReader(data, Encoding.UTF8);
                    files[entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name] = await reader.ReadToEndAsync(cancellationToken);
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw Vendir(address.ToString(), $"Unpacking: {e.Message}");
        }

        return files;
    }

    private async Task<AuthenticationHeaderValue?> AuthorizationAsync(string ns, string name, CancellationToken cancellationToken)
    {
        var secret = await client.TryGetAsync(CarvelResources.Secrets, ns, name, cancellationToken)
            ?? throw new CarvelException($"Preparing: Getting secret '{name}': secrets \"{name}\" not found");
        return secret.Find("data", "username") is { ValueKind: JsonValueKind.String } user && secret.Find("data", "password") is { ValueKind: JsonValueKind.String } password
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String([.. user.GetBytesFromBase64(), (byte)':', .. password.GetBytesFromBase64()]))
            : null;
    }
}
