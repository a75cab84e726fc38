using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes.Protobuf;

namespace Wego.Kubernetes;

/// <inheritdoc cref="IKubernetesClient"/>
public sealed class KubernetesClient : IKubernetesClient, IDisposable
{
    private const string Json = "application/json";
    private const string PartialList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    private const string PartialObject = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    private readonly KubernetesClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ApiTransport _transport;

    /// <summary>Creates a client; it connects with the first call.</summary>
    /// <exception cref="ClusterConfigurationException">The client certificate cannot be used.</exception>
    public KubernetesClient(ClusterConfiguration configuration, KubernetesClientOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
        Configuration = configuration;
        _options = options;
        _time = timeProvider;
        var logger = loggerFactory.CreateLogger<KubernetesClient>();
        _transport = new ApiTransport(configuration, options, ServiceCredentialsFactory.Create(configuration, timeProvider, logger), timeProvider, logger);
        Discovery = new ApiDiscovery(_transport, configuration.MissingServiceIdentity is null, timeProvider, loggerFactory.CreateLogger<ApiDiscovery>());
    }

    /// <summary>What the client was made of.</summary>
    public ClusterConfiguration Configuration { get; }

    /// <inheritdoc/>
    public string ClusterName => _options.ClusterName;

    /// <inheritdoc/>
    public IApiDiscovery Discovery { get; }

    /// <inheritdoc/>
    public CallerKubeconfig CreateKubeconfig(KubernetesIdentity identity, string ns) => CallerKubeconfigWriter.Write(Configuration, identity, ns);

    /// <inheritdoc/>
    public Task<KubernetesObject> GetAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, CancellationToken cancellationToken) =>
        SendObjectAsync(identity, Request("get", HttpMethod.Get, ResourcePath.Item(resource, ns, name), resource, ns, name), cancellationToken);

    /// <inheritdoc/>
    public async Task<KubernetesList> ListAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, ListOptions options, CancellationToken cancellationToken)
    {
        var items = ImmutableArray.CreateBuilder<KubernetesObject>();
        var page = await ListInPartsAsync(
            identity,
            resource,
            ns,
            options,
            (part, _) =>
            {
                items.AddRange(part.Items);
                return Task.CompletedTask;
            },
            cancellationToken);
        return page with { Items = items.DrainToImmutable() };
    }

    /// <inheritdoc/>
    public Task<KubernetesList> ListInPartsAsync(
        KubernetesIdentity identity,
        GroupVersionResource resource,
        string? ns,
        ListOptions options,
        Func<KubernetesList, CancellationToken, Task> take,
        CancellationToken cancellationToken)
    {
        var path = ResourcePath.WithQuery(
            ResourcePath.Collection(resource, ns),
            ("limit", ResourcePath.Number(options.Limit)),
            ("continue", options.Continue),
            ("labelSelector", options.LabelSelector),
            ("fieldSelector", options.FieldSelector),
            ("resourceVersion", options.ResourceVersion));
        var request = Request("list", HttpMethod.Get, path, resource, ns) with { Accept = AcceptList(resource, options) };
        return _transport.ReadAsync(
            identity,
            request,
            async (response, deadline) =>
            {
                async Task TakeAsync(KubernetesList part)
                {
                    deadline.Suspend();
                    await take(part, deadline.Token);
                    deadline.Restart();
                }

                if (ProtobufAnswer.Is(response.Content.Headers.ContentType))
                {
                    await using var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
                    using var reader = new SecretListReader(request, stream, _options.MaxResponseBytes, TakeAsync);
                    return await reader.ReadAsync(deadline.Token);
                }

                KubernetesList page;
                using (var body = await _transport.ReadBodyAsync(request, response, deadline.Token))
                {
                    page = ListReader.Read(request, body.Span);
                }

                await TakeAsync(page);
                return page with { Items = [] };
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        KubernetesIdentity identity, GroupVersionResource resource, string? ns, WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = ResourcePath.WithQuery(
            ResourcePath.Collection(resource, ns),
            ("watch", "true"),
            ("allowWatchBookmarks", "true"),
            ("resourceVersion", options.ResourceVersion),
            ("labelSelector", options.LabelSelector),
            ("fieldSelector", options.FieldSelector),
            ("timeoutSeconds", options.Timeout is { } timeout ? Math.Max(1, (long)timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null));
        var request = Request("watch", HttpMethod.Get, path, resource, ns) with { Accept = options.MetadataOnly ? PartialObject : Json };

        using var response = await _transport.OpenAsync(identity, request, cancellationToken);
        options.Opened?.Invoke();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var events = new WatchReader(request, _options, _time).ReadAsync(stream, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await events.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                throw _transport.Unreachable(request, e);
            }

            yield return events.Current;
        }
    }

    /// <inheritdoc/>
    public Task<KubernetesObject> CreateAsync(
        KubernetesIdentity identity, GroupVersionResource resource, string? ns, JsonObject manifest, WriteOptions options, CancellationToken cancellationToken)
    {
        var path = ResourcePath.WithQuery(ResourcePath.Collection(resource, ns), ("fieldManager", options.FieldManager ?? _options.FieldManager), ("dryRun", DryRun(options.DryRun)));
        var name = manifest["metadata"]?["name"] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        return SendObjectAsync(identity, Request("create", HttpMethod.Post, path, resource, ns, name) with { Body = Serialize(manifest) }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<KubernetesObject> ReplaceAsync(
        KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, JsonObject manifest, WriteOptions options, CancellationToken cancellationToken)
    {
        var path = ResourcePath.WithQuery(ResourcePath.Item(resource, ns, name), ("fieldManager", options.FieldManager ?? _options.FieldManager), ("dryRun", DryRun(options.DryRun)));
        return SendObjectAsync(identity, Request("update", HttpMethod.Put, path, resource, ns, name) with { Body = Serialize(manifest) }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<KubernetesObject> PatchAsync(
        KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, PatchType type, JsonNode patch, PatchOptions options, CancellationToken cancellationToken)
    {
        var path = ResourcePath.WithQuery(
            ResourcePath.Item(resource, ns, name, options.Subresource),
            ("fieldManager", options.FieldManager ?? _options.FieldManager),
            ("force", type == PatchType.Apply && options.Force ? "true" : null),
            ("dryRun", DryRun(options.DryRun)));
        var request = Request("patch", HttpMethod.Patch, path, resource, ns, name) with
        {
            Body = Serialize(patch),
            ContentType = type switch
            {
                PatchType.Merge => "application/merge-patch+json",
                PatchType.Json => "application/json-patch+json",
                PatchType.Apply => "application/apply-patch+yaml", // JSON is YAML, and every server version takes this type.
                _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a patch type."),
            },
        };
        return SendObjectAsync(identity, request, cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeleteAsync(KubernetesIdentity identity, GroupVersionResource resource, string? ns, string name, DeleteOptions options, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions" };
        if (options.Propagation is not null)
        {
            body["propagationPolicy"] = options.Propagation;
        }

        var preconditions = new JsonObject();
        if (options.PreconditionUid is not null)
        {
            preconditions["uid"] = options.PreconditionUid;
        }

        if (options.PreconditionResourceVersion is not null)
        {
            preconditions["resourceVersion"] = options.PreconditionResourceVersion;
        }

        if (preconditions.Count > 0)
        {
            body["preconditions"] = preconditions;
        }

        if (options.DryRun)
        {
            body["dryRun"] = new JsonArray("All");
        }

        var request = Request("delete", HttpMethod.Delete, ResourcePath.Item(resource, ns, name), resource, ns, name) with { Body = Serialize(body) };
        return _transport.SendAsync(
            identity,
            request,
            async (response, token) =>
            {
                // Reading it to the end lets the connection be used again.
                using var answer = await _transport.ReadBodyAsync(request, response, token);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<AccessDecision> ReviewAccessAsync(KubernetesIdentity identity, ResourceAttributes attributes, CancellationToken cancellationToken)
    {
        var review = Request("create", HttpMethod.Post, ResourcePath.Collection(Reviews.SelfSubjectAccess, null), Reviews.SelfSubjectAccess, null) with
        {
            Body = Serialize(Reviews.AccessReview(attributes)),
            IsRead = true,
        };
        return Reviews.Decision(await SendObjectAsync(identity, review, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<TokenReviewResult> ReviewTokenAsync(string token, CancellationToken cancellationToken)
    {
        var review = Request("create", HttpMethod.Post, ResourcePath.Collection(Reviews.Token, null), Reviews.Token, null) with
        {
            Body = Serialize(Reviews.TokenReview(token)),
            IsRead = true,
        };
        return Reviews.TokenResult(await SendObjectAsync(KubernetesIdentity.Service, review, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<RawResponse> GetRawAsync(KubernetesIdentity identity, string path, CancellationToken cancellationToken)
    {
        RequirePath(path, nameof(path));
        var request = new ApiRequest("get", HttpMethod.Get, path, path.Split('?', 2)[0]) { Accept = "application/json, */*", IsRead = true };
        return _transport.SendAsync(
            identity,
            request,
            async (response, token) =>
            {
                using var body = await _transport.ReadBodyAsync(request, response, token);
                return new RawResponse(response.Content.Headers.ContentType?.ToString() ?? "", body.Span.ToArray());
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<HttpResponseMessage> RelayAsync(KubernetesIdentity identity, RelayRequest request, CancellationToken cancellationToken)
    {
        RequirePath(request.Path, nameof(request));
        var verb = request.Method.Method.ToLowerInvariant();
        var relayed = new ApiRequest(verb, request.Method, request.Path, request.Path.Split('?', 2)[0]) { Accept = request.Accept ?? Json, Resource = "relayed" };
        return _transport.RelayAsync(identity, relayed, request, cancellationToken);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _transport.Dispose();
        ((ApiDiscovery)Discovery).Dispose();
    }

    private static void RequirePath(string path, string parameter)
    {
        if (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal))
        {
            throw new ArgumentException("The path must start with one slash.", parameter);
        }
    }

    private static byte[] Serialize(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);

    private static string AcceptList(GroupVersionResource resource, ListOptions options) => resource switch
    {
        _ when options.MetadataOnly => PartialList,
        { Group: "", Version: "v1", Resource: "secrets" } => ProtobufAnswer.Accept,
        _ => Json,
    };

    private static string? DryRun(bool dryRun) => dryRun ? "All" : null;

    private static ApiRequest Request(string verb, HttpMethod method, string path, GroupVersionResource resource, string? ns, string? name = null)
    {
        var item = string.Join('/', new[] { ns, name }.Where(s => !string.IsNullOrEmpty(s)));
        return new ApiRequest(verb, method, path, item.Length > 0 ? $"{resource} {item}" : resource.ToString())
        {
            Group = resource.Group,
            Resource = resource.Resource,
            IsRead = method == HttpMethod.Get,
        };
    }

    private Task<KubernetesObject> SendObjectAsync(KubernetesIdentity identity, ApiRequest request, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            identity,
            request,
            async (response, token) =>
            {
                using var body = await _transport.ReadBodyAsync(request, response, token);
                return ObjectReader.Read(request, body.Span);
            },
            cancellationToken);
}
