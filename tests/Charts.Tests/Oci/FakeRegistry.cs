using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Wego.Charts.Tests.Repositories;
using Wego.Plugins;

namespace Wego.Charts.Tests.Oci;

/// <summary>A registry with what a test pushed to it.</summary>
internal sealed partial class FakeRegistry : IAsyncDisposable
{
    private const string HelmConfig = "application/vnd.cncf.helm.config.v1+json";
    private const string ChartLayer = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    private readonly SortedDictionary<string, SortedDictionary<string, byte[]>> _manifests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private FakeServer _server = null!;
    private int _tokens;

    /// <summary>How many names a page has.</summary>
    public int PageSize { get; set; } = 2;

    /// <summary>Whether the catalogue is served.</summary>
    public bool ListsCatalogue { get; set; } = true;

    /// <summary><c>Basic</c>, <c>Bearer</c>, or null for none.</summary>
    public string? Authentication { get; set; }

    /// <summary>What the token service or the registry wants to see; null gives tokens to everybody.</summary>
    public string? Authorization { get; set; }

    /// <summary>What Harbor's own API lists, by project.</summary>
    public Dictionary<string, string[]> HarborProjects { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether answers name the digest of a manifest.</summary>
    public bool NamesDigests { get; set; } = true;

    /// <summary>What the API of referrers lists, by digest; null where there is no such API.</summary>
    public Dictionary<string, object[]>? Referrers { get; set; }

    /// <summary>Answers a path by itself, before anything else; returns whether it did.</summary>
    public Func<HttpContext, bool>? Override { get; set; }

    public string Authority => _server.Authority;

    public IEnumerable<string> Paths => _server.Requests.Select(r => r.Path);

    public IEnumerable<string> Requests => _server.Requests.Select(r => $"{r.Method} {r.Path}");

    public IEnumerable<string> Authorizations => _server.Requests.Select(r => r.Headers.Authorization.ToString());

    public static async Task<FakeRegistry> StartAsync()
    {
        var registry = new FakeRegistry();
        registry._server = await FakeServer.StartAsync(registry.AnswerAsync);
        return registry;
    }

    public ContentDigest PushChart(string repository, string version, string layer = ChartLayer)
    {
        var name = repository[(repository.LastIndexOf('/') + 1)..];
        var archive = ChartPackage.Small(name, version);
        Push(repository, version.Replace('+', '_'), HelmConfig, $$"""{"name": "{{name}}", "version": "{{version}}", "appVersion": "7", "description": "Chart {{name}}"}""", layer, archive);
        return ContentDigest.Compute(archive);
    }

    public ContentDigest Push(string repository, string tag, string configType, string config, string layerType, byte[] layer)
    {
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            config = new { mediaType = configType, digest = AddBlob(Encoding.UTF8.GetBytes(config)), size = config.Length },
            layers = new[] { new { mediaType = layerType, digest = AddBlob(layer), size = layer.Length } },
            annotations = new Dictionary<string, string> { ["org.opencontainers.image.created"] = "2024-05-06T07:08:09Z" },
        });
        return PushManifest(repository, tag, manifest);
    }

    /// <summary>Pushes a manifest as it is.</summary>
    public ContentDigest PushManifest(string repository, string tag, byte[] manifest)
    {
        if (!_manifests.TryGetValue(repository, out var tags))
        {
            _manifests.Add(repository, tags = new SortedDictionary<string, byte[]>(StringComparer.Ordinal));
        }

        tags[tag] = manifest;
        return ContentDigest.Compute(manifest);
    }

    /// <summary>Makes every blob differ from its digest.</summary>
    public void CorruptBlobs()
    {
        foreach (var blob in _blobs.Values)
        {
            blob[^1] ^= 1;
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [GeneratedRegex("^/v2/(?<name>.+)/(?<kind>tags|manifests|blobs|referrers)/(?<what>[^/]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Route();

    [GeneratedRegex("^/api/v2\\.0/projects/(?<project>[^/]+)/repositories$", RegexOptions.NonBacktracking)]
    private static partial Regex HarborRoute();

    private string AddBlob(byte[] content)
    {
        var digest = ContentDigest.Compute(content).ToString();
        _blobs[digest] = content;
        return digest;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Override?.Invoke(context) == true)
        {
            return;
        }

        if (context.Request.Path == "/token")
        {
            await TokenAsync(context);
        }
        else if (!IsAllowed(context))
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = Challenge(context);
        }
        else if (Route().Match(context.Request.Path.Value!) is { Success: true } match)
        {
            await RepositoryAsync(context, match);
        }
        else if (HarborRoute().Match(context.Request.Path.Value!) is { Success: true } harbor && HarborProjects.TryGetValue(harbor.Groups["project"].Value, out var names))
        {
            await HarborPageAsync(context, names);
        }
        else if (context.Request.Path == "/api/v2.0/projects" && HarborProjects.Count > 0)
        {
            await HarborPageAsync(context, [.. HarborProjects.Keys.Order(StringComparer.Ordinal)]);
        }
        else if (context.Request.Path == "/v2/_catalog" && ListsCatalogue)
        {
            await PageAsync(context, "repositories", _manifests.Keys);
        }
        else
        {
            context.Response.StatusCode = context.Request.Path == "/v2/" ? 200 : 404;
        }
    }

    private async Task RepositoryAsync(HttpContext context, Match match)
    {
        var (name, what) = (match.Groups["name"].Value, match.Groups["what"].Value);
        byte[]? content = null;
        if (_manifests.TryGetValue(name, out var tags))
        {
            switch (match.Groups["kind"].Value)
            {
                case "tags":
                    await PageAsync(context, "tags", tags.Keys);
                    return;
                case "referrers":
                    await ReferrersAsync(context, what);
                    return;
                case "manifests":
                    content = tags.GetValueOrDefault(what) ?? tags.Values.FirstOrDefault(m => ContentDigest.Compute(m).ToString() == what);
                    break;
                default:
                    content = _blobs.GetValueOrDefault(what);
                    break;
            }
        }

        if (content is not null && NamesDigests && match.Groups["kind"].Value == "manifests")
        {
            context.Response.Headers["Docker-Content-Digest"] = ContentDigest.Compute(content).ToString();
        }

        context.Response.StatusCode = content is null ? 404 : 200;
        await context.Response.Body.WriteAsync(content ?? [], context.RequestAborted);
    }

    private async Task ReferrersAsync(HttpContext context, string digest)
    {
        if (Referrers is null)
        {
            context.Response.StatusCode = 404;
            return;
        }

        var page = int.TryParse(context.Request.Query["page"].ToString(), CultureInfo.InvariantCulture, out var number) ? number : 0;
        var all = Referrers.GetValueOrDefault(digest, []);
        if (all.Length > (page + 1) * PageSize)
        {
            context.Response.Headers.Link = $"<{context.Request.Path}?page={page + 1}>; rel=\"next\"";
        }

        await context.Response.WriteAsJsonAsync(
            new { schemaVersion = 2, mediaType = "application/vnd.oci.image.index.v1+json", manifests = all.Skip(page * PageSize).Take(PageSize) },
            context.RequestAborted);
    }

    private async Task PageAsync(HttpContext context, string field, IEnumerable<string> all)
    {
        var last = context.Request.Query["last"].ToString();
        var rest = all.Where(n => string.CompareOrdinal(n, last) > 0).ToArray();
        var page = rest.Take(PageSize).ToArray();
        if (rest.Length > page.Length)
        {
            context.Response.Headers.Link = $"<{context.Request.Path}?n={PageSize}&last={Uri.EscapeDataString(page[^1])}>; rel=\"next\"";
        }

        await context.Response.WriteAsync(JsonSerializer.Serialize(new Dictionary<string, string[]> { [field] = page }), context.RequestAborted);
    }

    private async Task HarborPageAsync(HttpContext context, string[] names)
    {
        var page = int.Parse(context.Request.Query["page"].ToString(), CultureInfo.InvariantCulture);
        if (names.Length > page * PageSize)
        {
            context.Response.Headers.Link = $"<{context.Request.Path}?page=1>; rel=\"first\" , <{context.Request.Path}?page={page + 1}&page_size={PageSize}>; rel=\"next\"";
        }

        await context.Response.WriteAsJsonAsync(names.Skip((page - 1) * PageSize).Take(PageSize).Select(name => new { name }), context.RequestAborted);
    }

    private async Task TokenAsync(HttpContext context)
    {
        if (Authorization is not null && context.Request.Headers.Authorization != Authorization)
        {
            context.Response.StatusCode = 401;
            return;
        }

        await context.Response.WriteAsync(
            string.Create(CultureInfo.InvariantCulture, $$"""{"token": "token-{{++_tokens}}-{{context.Request.Query["scope"]}}", "expires_in": 300}"""),
            context.RequestAborted);
    }

    private bool IsAllowed(HttpContext context)
    {
        var shown = context.Request.Headers.Authorization.ToString();
        return Authentication switch
        {
            null => true,
            "Basic" => shown == Authorization,
            _ => shown.StartsWith("Bearer token-", StringComparison.Ordinal) && shown.EndsWith(Scope(context), StringComparison.Ordinal),
        };
    }

    private string Challenge(HttpContext context) => Authentication == "Basic"
        ? "Basic realm=\"registry\""
        : $"Bearer realm=\"http://{Authority}/token\",service=\"fake\"{(Scope(context).Length == 0 ? "" : $",scope=\"{Scope(context)}\"")}";

    private static string Scope(HttpContext context) =>
        context.Request.Path == "/v2/_catalog" ? "registry:catalog:*"
        : Route().Match(context.Request.Path.Value!) is { Success: true } match ? $"repository:{match.Groups["name"].Value}:pull"
        : "";
}
