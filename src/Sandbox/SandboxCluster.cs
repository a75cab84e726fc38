using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Wego.Sandbox.Authentication;
using Wego.Sandbox.Authorization;
using Wego.Sandbox.Controllers;
using Wego.Sandbox.CustomResources;
using Wego.Sandbox.Deletion;
using Wego.Sandbox.Discovery;
using Wego.Sandbox.Json;
using Wego.Sandbox.OpenApi;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;
using Wego.Sandbox.Watching;

namespace Wego.Sandbox;

/// <summary>Puts the parts of the server together and fills a new cluster with what every cluster has.</summary>
internal sealed class SandboxCluster : IDisposable
{
    private static readonly string[] SystemNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system", SandboxPolicy.ServiceNamespace];

    private readonly WatchControl _watches = new();
    private readonly TokenAuthenticator _tokens;

    public SandboxCluster(SandboxOptions options)
    {
        var clock = options.Clock;
        var store = new ObjectStore(options.HistoryLimit);
        var registry = new ResourceRegistry();
        var definitions = new CustomResourceDefinitions(store, registry, clock);
        var authorizer = new RbacAuthorizer(store);
        var writer = new ObjectWriter(store, new ObjectPreparation([definitions, new EscalationCheck(authorizer, store)]), clock);
        var deleter = new ObjectDeleter(store, writer);
        store.AddReactor(definitions);
        store.AddReactor(new ClusterRoleAggregation(store));
        store.AddReactor(new GarbageCollection(store, registry, deleter));
        store.AddReactor(new NamespaceDeletion(store, registry, deleter));
        store.AddReactor(new DefaultServiceAccounts(registry, writer, store));

        _tokens = new TokenAuthenticator(clock);
        Requests = new SandboxRequests();
        Faults = new SandboxFaults(store, _watches, _tokens, clock);
        PublicStore = new SandboxStore(store, registry, writer, deleter);
        var writes = new WriteHandler(store, writer, clock);
        var discovery = new DiscoveryHandler(registry);
        var router = new RequestRouter(
            registry,
            discovery,
            new AggregatedDiscovery(discovery),
            new OpenApiHandler(registry),
            new ReviewHandler(authorizer, _tokens),
            new ListHandler(store, clock),
            new WatchHandler(store, registry, _watches, Requests, clock, options.BookmarkInterval),
            writes,
            new DeleteHandler(store, deleter, writes),
            new SubresourceHandler(store, writer, _tokens, clock));
        Pipeline = new RequestPipeline(_tokens, authorizer, Faults, Requests, router, options.LoggerFactory.CreateLogger<RequestPipeline>());
        Fill(options);

        // Clients cannot go on from before the start, as with any server.
        store.Expire();
    }

    public RequestPipeline Pipeline { get; }

    public SandboxStore PublicStore { get; }

    public SandboxFaults Faults { get; }

    public SandboxRequests Requests { get; }

    public void AddToken(SandboxToken token) =>
        _tokens.Add(token.Token, new UserInfo(token.User, [.. token.Groups, "system:authenticated"]), token.Expires);

    /// <summary>Ends the watches before the listeners stop.</summary>
    public void Close() => _watches.Close();

    public void Dispose() => _watches.Dispose();

    private void Fill(SandboxOptions options)
    {
        foreach (var name in SystemNamespaces.Concat(options.Namespaces).Distinct(StringComparer.Ordinal))
        {
            PublicStore.Create(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } });
        }

        foreach (var item in BootstrapPolicy.Objects().Concat(SandboxPolicy.Objects()))
        {
            // The binding of team-a is for sandboxes that have that namespace.
            if (item.Metadata().Text("namespace") is not { } @namespace || SystemNamespaces.Contains(@namespace) || options.Namespaces.Contains(@namespace))
            {
                PublicStore.Create(item);
            }
        }

        AddToken(new SandboxToken(SandboxTokens.Admin, SandboxTokens.Admin, [RbacAuthorizer.Masters]));
        AddToken(new SandboxToken(SandboxTokens.TeamA, SandboxTokens.TeamA, []));
        AddToken(new SandboxToken(SandboxTokens.Viewer, SandboxTokens.Viewer, []));
        _tokens.Add(SandboxTokens.Service, UserInfo.ServiceAccount(SandboxPolicy.ServiceNamespace, SandboxPolicy.ServiceAccount));
        foreach (var token in options.Tokens)
        {
            AddToken(token);
        }

        foreach (var item in options.Manifests.SelectMany(YamlDocuments.Parse))
        {
            PublicStore.Create(item);
        }
    }
}
