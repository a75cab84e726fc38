using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Wego.Plugins.Charts;

/// <summary>
/// Speaks to one registry (<see href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI distribution
/// specification</see>), reading only.
/// </summary>
internal sealed class OciRegistryClient
{
    private const int PageSize = 1000;
    private const int MaxPages = 1000;
    private const string ManifestTypes = $"{OciMediaTypes.Manifest}, {OciMediaTypes.DockerManifest}, {OciMediaTypes.Index}, {OciMediaTypes.DockerIndex}";

    private readonly ChartHttp _http;
    private readonly ChartConnection _connection;
    private readonly OciTokenSource _tokens;

    public OciRegistryClient(ChartHttp http, ChartConnection connection, string registry)
    {
        (_http, _connection) = (http, connection);
        // docker.io is a name for people; the API lives elsewhere.
        var host = OciRegistry.IsDockerHub(registry) ? "registry-1.docker.io" : registry;
        Root = new Uri($"{(connection.PlainHttp ? "http" : "https")}://{host}/");
        _tokens = new OciTokenSource(http, connection, Root);
    }

    /// <summary>The registry's address.</summary>
    public Uri Root { get; }

    /// <summary>Makes sure that there is a registry.</summary>
    public async Task PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await GetAsync("v2/", "", "", cancellationToken);
        }
        catch (ChartException e) when (e.Failure is ChartFailure.Unauthorized or ChartFailure.Forbidden)
        {
            // It is one: what it allows shows with what is asked for next.
        }
        catch (ChartException e) when (e.Failure == ChartFailure.NotFound)
        {
            throw new ChartException(ChartFailure.UnexpectedAnswer, $"{ChartUrl.Display(Root)} is no OCI registry: it does not serve /v2/.", e) { HttpStatus = e.HttpStatus };
        }
    }

    /// <summary>The repositories of the registry, as far as it lists them.</summary>
    public IAsyncEnumerable<string> ListRepositoriesAsync(CancellationToken cancellationToken) =>
        ListAsync($"v2/_catalog?n={PageSize}", root => root.Texts("repositories"), "registry:catalog:*", "", cancellationToken);

    /// <summary>
    /// The repositories of a project of Harbor, or of all projects where it is empty; Harbor lists them by an API of its own
    /// (<see href="https://goharbor.io/docs/latest/build-customize-contribute/configure-swagger/">v2.0</see>).
    /// </summary>
    public async IAsyncEnumerable<string> ListHarborRepositoriesAsync(string project, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] projects = project.Length > 0
            ? [project]
            : [.. await ListAsync("api/v2.0/projects?page=1&page_size=100", HarborNames, "", "", cancellationToken).ToListAsync(cancellationToken)];
        foreach (var name in projects)
        {
            await foreach (var path in ListAsync($"api/v2.0/projects/{Uri.EscapeDataString(name)}/repositories?page=1&page_size=100", HarborNames, "", name, cancellationToken))
            {
                yield return path;
            }
        }
    }

    /// <summary>
    /// The repositories of a namespace of Docker Hub, which lists them by an API of its own
    /// (<see href="https://docs.docker.com/reference/api/hub/latest/">v2</see>).
    /// </summary>
    public async IAsyncEnumerable<string> ListDockerHubRepositoriesAsync(
        string path,
        ImmutableArray<string> contentTypes,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hub = _http.Options.DockerHub;
        var ns = path.Split('/')[0];
        var folder = ns.Length > 0 ? $"v2/namespaces/{Uri.EscapeDataString(ns)}/repositories/" : "v2/repositories/";
        var filter = string.Concat(contentTypes.Select(t => $"&content_types={Uri.EscapeDataString(t)}"));
        Uri? next = new Uri(hub, $"{folder}?page_size=100&ordering=name{filter}");
        for (var page = 0; next is not null && page < MaxPages; page++)
        {
            var address = next;
            // The credentials are the registry's; the listing is public.
            var content = await _http.ExchangeAsync(
                _connection,
                new ChartRequest(address),
                async (response, token) => response.Failure(address, _http.Time) is { } failure
                    ? throw failure
                    : await response.ReadAsync(_http.Options.OciMaxAnswerBytes, ChartUrl.Display(address), unpack: false, token),
                cancellationToken);
            using var document = OciJson.Parse(content, ChartUrl.Display(address));
            foreach (var repository in document.RootElement.TryGetArray("results", out var results) ? results.EnumerateArray() : default)
            {
                if (repository.Text("name") is { Length: > 0 } name)
                {
                    yield return $"{(repository.Text("namespace") is { Length: > 0 } owner ? owner : ns)}/{name}";
                }
            }

            next = document.RootElement.Text("next") is { Length: > 0 } link && Uri.TryCreate(address, link, out var following) ? following : null;
            if (next is not null && next.Authority != hub.Authority)
            {
                throw new ChartException(ChartFailure.BadRedirect, $"{ChartUrl.Display(address)} continues its list on another host, which is not followed.");
            }
        }
    }

    /// <summary>The tags of a repository.</summary>
    public IAsyncEnumerable<string> ListTagsAsync(string path, CancellationToken cancellationToken) =>
        ListAsync($"v2/{path}/tags/list?n={PageSize}", root => root.Texts("tags"), PullScope(path), path, cancellationToken);

    /// <summary>The manifest of a chart; null where the artifact is something else.</summary>
    public async Task<OciChartManifest?> GetChartManifestAsync(OciReference reference, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(
            ManifestAddress(reference),
            PullScope(reference.Path),
            reference.Path,
            cancellationToken,
            $"{OciMediaTypes.Manifest}, {OciMediaTypes.DockerManifest}");
        if (ContentDigest.TryParse(reference.Digest, out var wanted))
        {
            Verify(answer.Content, wanted, reference.ToString());
        }

        return OciChartManifest.Parse(answer.Content, reference);
    }

    /// <summary>The digest of a manifest, asked for without reading it; null where the registry does not say.</summary>
    public async Task<string?> FindDigestAsync(OciReference reference, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(ManifestAddress(reference), PullScope(reference.Path), reference.Path, cancellationToken, ManifestTypes, method: HttpMethod.Head);
        return answer.Digest;
    }

    /// <summary>The digest of a manifest.</summary>
    public async Task<string> GetDigestAsync(OciReference reference, CancellationToken cancellationToken)
    {
        if (reference.Digest.Length > 0 || await FindDigestAsync(reference, cancellationToken) is not { } digest)
        {
            return reference.Digest.Length > 0 ? reference.Digest : ContentDigest.Compute((await ReadAsync()).Span).ToString();
        }

        return digest;

        async Task<ReadOnlyMemory<byte>> ReadAsync() =>
            (await GetAsync(ManifestAddress(reference), PullScope(reference.Path), reference.Path, cancellationToken, ManifestTypes)).Content;
    }

    /// <summary>The media types of an artifact's configuration and of the artifact; those of an index are of its manifests.</summary>
    public async Task<ImmutableArray<string>> GetContentTypesAsync(string path, string tag, CancellationToken cancellationToken)
    {
        var reference = new OciReference(Root.Authority, path, tag);
        var answer = await GetAsync(ManifestAddress(reference), PullScope(path), path, cancellationToken, ManifestTypes);
        using var document = OciJson.Parse(answer.Content, reference.ToString());
        var root = document.RootElement;
        var config = root.TryGetObject("config", out var descriptor) ? descriptor.Text("mediaType") : "";
        // An index of images for several platforms says of none what it is.
        var type = config.Length > 0 ? config : root.TryGetArray("manifests", out _) ? "application/vnd.oci.image.config.v1+json" : "";
        return [.. new[] { type, root.Text("artifactType") }.Where(t => t.Length > 0)];
    }

    /// <summary>What refers to a manifest: as the registry lists it, else as the tag <c>ALGORITHM-HEX</c> does, where older registries keep it.</summary>
    public async Task<ImmutableArray<OciReferrer>> ListReferrersAsync(string path, string digest, CancellationToken cancellationToken)
    {
        var referrers = ImmutableArray.CreateBuilder<OciReferrer>();
        try
        {
            string? next = $"v2/{path}/referrers/{digest}";
            for (var page = 0; next is not null && page < MaxPages; page++)
            {
                var answer = await GetAsync(next, PullScope(path), path, cancellationToken, OciMediaTypes.Index);
                referrers.AddRange(ReadReferrers(answer.Content, path));
                next = answer.Next;
            }

            return referrers.DrainToImmutable();
        }
        catch (ChartException e) when (e.Failure == ChartFailure.NotFound && referrers.Count == 0)
        {
            // No such API.
        }

        try
        {
            var tag = digest.Replace(':', '-');
            var answer = await GetAsync($"v2/{path}/manifests/{tag}", PullScope(path), path, cancellationToken, OciMediaTypes.Index);
            return [.. ReadReferrers(answer.Content, path)];
        }
        catch (ChartException e) when (e.Failure == ChartFailure.NotFound)
        {
            return [];
        }
    }

    /// <summary>The content of an index of charts; null where the artifact is something else.</summary>
    public async Task<ReadOnlyMemory<byte>?> GetChartIndexAsync(OciReference reference, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(ManifestAddress(reference), PullScope(reference.Path), reference.Path, cancellationToken, OciMediaTypes.Manifest);
        using var document = OciJson.Parse(answer.Content, reference.ToString());
        var root = document.RootElement;
        if (!root.TryGetObject("config", out var config) || config.Text("mediaType") != OciChartIndex.ConfigType || !root.TryGetArray("layers", out var layers))
        {
            return null;
        }

        var layer = layers.EnumerateArray().FirstOrDefault(l => l.Text("mediaType") == OciChartIndex.LayerType);
        return ContentDigest.TryParse(layer.Text("digest"), out var digest)
            ? await GetBlobAsync(reference.Path, new OciDescriptor(OciChartIndex.LayerType, digest, 0), _http.Options.Index.MaxBytes, cancellationToken)
            : throw new ChartException(ChartFailure.UnexpectedAnswer, $"{reference} has no layer with an index of charts.");
    }

    /// <summary>A blob whose digest is as the descriptor says.</summary>
    public async Task<ReadOnlyMemory<byte>> GetBlobAsync(string path, OciDescriptor blob, long limit, CancellationToken cancellationToken)
    {
        if (blob.Size > limit)
        {
            throw new ChartException(ChartFailure.TooLarge, $"A blob of {Root.Authority}/{path} has {blob.Size} bytes; at most {limit} are accepted.");
        }

        var answer = await GetAsync($"v2/{path}/blobs/{blob.Digest}", PullScope(path), path, cancellationToken, limit: limit);
        Verify(answer.Content, blob.Digest, $"{Root.Authority}/{path}");
        return answer.Content;
    }

    private static void Verify(ReadOnlyMemory<byte> content, ContentDigest wanted, string what)
    {
        if (ContentDigest.Compute(content.Span) is var actual && actual != wanted)
        {
            throw new ChartException(ChartFailure.DigestMismatch, $"{what}: the registry sent content with the digest {actual} for {wanted}.");
        }
    }

    private async IAsyncEnumerable<string> ListAsync(
        string address,
        Func<JsonElement, IEnumerable<string>> select,
        string scope,
        string path,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = address;
        for (var page = 0; next is not null && page < MaxPages; page++)
        {
            var answer = await GetAsync(next, scope, path, cancellationToken);
            using var document = OciJson.Parse(answer.Content, $"{Root.Authority}/{path}");
            foreach (var text in select(document.RootElement))
            {
                yield return text;
            }

            next = answer.Next;
        }
    }

    private async Task<Answer> GetAsync(string address, string scope, string path, CancellationToken cancellationToken, string accept = "application/json", long? limit = null, HttpMethod? method = null)
    {
        var url = new Uri(Root, address);
        var answer = await SendAsync(_tokens.Known(scope));
        if (answer.Challenge is not null && await _tokens.AnswerAsync(answer.Challenge, scope, path, cancellationToken) is { } authorization)
        {
            answer = await SendAsync(authorization);
        }

        return answer.Failure is null ? answer : throw answer.Failure;

        Task<Answer> SendAsync(string? authorization) => _http.ExchangeAsync(
            _connection,
            new ChartRequest(url) { Method = method ?? HttpMethod.Get, Authorization = authorization, Headers = [new("Accept", accept)] },
            (response, token) => ReadAsync(response, url, limit ?? _http.Options.OciMaxAnswerBytes, token),
            cancellationToken);
    }

    private async Task<Answer> ReadAsync(HttpResponseMessage response, Uri url, long limit, CancellationToken cancellationToken)
    {
        if (response.Failure(url, _http.Time) is { } failure)
        {
            return new Answer(default, null, null, response.StatusCode == HttpStatusCode.Unauthorized ? OciChallenge.Of(response) : null, failure);
        }

        var content = await response.ReadAsync(limit, ChartUrl.Display(url), unpack: false, cancellationToken);
        var digest = response.Headers.TryGetValues("Docker-Content-Digest", out var values) ? values.FirstOrDefault() : null;
        return new Answer(content, OciLink.Next(response, url), digest, null, null);
    }

    private static IEnumerable<string> HarborNames(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Select(r => r.Text("name")).Where(n => n.Length > 0) : [];

    private static IEnumerable<OciReferrer> ReadReferrers(ReadOnlyMemory<byte> content, string path)
    {
        using var document = OciJson.Parse(content, $"what refers to {path}");
        return document.RootElement.TryGetArray("manifests", out var manifests) ? [.. manifests.EnumerateArray().Select(Referrer)] : [];
    }

    private static OciReferrer Referrer(JsonElement descriptor)
    {
        _ = descriptor.TryGetObject("annotations", out var annotations);
        return new OciReferrer(
            annotations.Text("org.opencontainers.image.title"),
            annotations.Text("org.opencontainers.image.description"),
            descriptor.Text("mediaType"),
            descriptor.Text("artifactType"),
            descriptor.Text("digest"));
    }

    private static string ManifestAddress(OciReference reference) => $"v2/{reference.Path}/manifests/{reference.Selector}";

    private static string PullScope(string path) => $"repository:{path}:pull";

    private readonly record struct Answer(ReadOnlyMemory<byte> Content, string? Next, string? Digest, OciChallenge? Challenge, ChartException? Failure);
}
