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

    private readonly ChartHttp _http;
    private readonly ChartConnection _connection;
    private readonly OciTokenSource _tokens;

    public OciRegistryClient(ChartHttp http, ChartConnection connection, string registry)
    {
        (_http, _connection) = (http, connection);
        // docker.io is a name for people; the API lives elsewhere.
        var host = registry is "docker.io" or "index.docker.io" ? "registry-1.docker.io" : registry;
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

    /// <summary>The repositories of a project of Harbor, which lists them by an API of its own (<see href="https://goharbor.io/docs/latest/build-customize-contribute/configure-swagger/">v2.0</see>).</summary>
    public IAsyncEnumerable<string> ListHarborRepositoriesAsync(string project, CancellationToken cancellationToken) =>
        ListAsync($"api/v2.0/projects/{Uri.EscapeDataString(project)}/repositories?page=1&page_size=100", HarborNames, "", project, cancellationToken);

    /// <summary>The tags of a repository.</summary>
    public IAsyncEnumerable<string> ListTagsAsync(string path, CancellationToken cancellationToken) =>
        ListAsync($"v2/{path}/tags/list?n={PageSize}", root => root.Texts("tags"), PullScope(path), path, cancellationToken);

    /// <summary>The manifest of a chart; null where the artifact is something else.</summary>
    public async Task<OciChartManifest?> GetChartManifestAsync(OciReference reference, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(
            $"v2/{reference.Path}/manifests/{reference.Selector}",
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

    private async Task<Answer> GetAsync(string address, string scope, string path, CancellationToken cancellationToken, string accept = "application/json", long? limit = null)
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
            new ChartRequest(url) { Authorization = authorization, Headers = [new("Accept", accept)] },
            (response, token) => ReadAsync(response, url, limit ?? _http.Options.OciMaxAnswerBytes, token),
            cancellationToken);
    }

    private async Task<Answer> ReadAsync(HttpResponseMessage response, Uri url, long limit, CancellationToken cancellationToken)
    {
        if (response.Failure(url, _http.Time) is { } failure)
        {
            return new Answer(default, null, response.StatusCode == HttpStatusCode.Unauthorized ? OciChallenge.Of(response) : null, failure);
        }

        var content = await response.ReadAsync(limit, ChartUrl.Display(url), unpack: false, cancellationToken);
        return new Answer(content, OciLink.Next(response, url), null, null);
    }

    private static IEnumerable<string> HarborNames(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Select(r => r.Text("name")).Where(n => n.Length > 0) : [];

    private static string PullScope(string path) => $"repository:{path}:pull";

    private readonly record struct Answer(ReadOnlyMemory<byte> Content, string? Next, OciChallenge? Challenge, ChartException? Failure);
}
