using System.Text;
using System.Text.Json.Nodes;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Kubernetes;
using Wego.Rpc;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Plugins.Resources;

/// <summary>The RPCs of <c>kubeappsapis.plugins.resources.v1alpha1.ResourcesService</c>. All of them act with the caller's rights.</summary>
/// <param name="host">Knows the objects of installed packages.</param>
/// <param name="scope">Reads what is meant.</param>
/// <param name="trusted">Namespaces told by a proxy.</param>
/// <param name="accessible">Namespaces found out.</param>
internal sealed class ResourcesService(IPackageHost host, RequestScope scope, TrustedNamespaces trusted, AccessibleNamespaces accessible)
{
    private static readonly GroupVersionResource s_namespaces = new("", "v1", "namespaces");
    private static readonly GroupVersionResource s_secrets = new("", "v1", "secrets");
    private static readonly GroupVersionResource s_serviceAccounts = new("", "v1", "serviceaccounts");

    /// <summary>
    /// Sends the objects of an installed package, those named or all; with <c>watch</c> goes on with every change. What is
    /// missing or forbidden is left out. A watch of all is not refused as it was in kubeapps-apis, because REST has no way to
    /// name objects.
    /// </summary>
    public async IAsyncEnumerable<GetResourcesResponse> GetResources(GetResourcesRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var package = ReadPackage(request.InstalledPackageRef);
        var cancellationToken = context.CancellationToken;
        // Who watches without saying what wants to see it arrive.
        var known = request.Watch && request.ResourceRefs.Count == 0
            ? await host.WaitForResourceRefsAsync(package, caller, cancellationToken)
            : await host.GetResourceRefsAsync(package, caller, cancellationToken);
        var selected = ResourceSelection.Select(request.ResourceRefs, known);
        await foreach (var state in host.WatchResourcesAsync(package, selected, request.Watch, caller, cancellationToken))
        {
            yield return new GetResourcesResponse { ResourceRef = ToWire(state.Resource), Manifest = state.Manifest };
        }
    }

    /// <summary>Lists the service accounts of a namespace.</summary>
    public async Task<GetServiceAccountNamesResponse> GetServiceAccountNames(GetServiceAccountNamesRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var (client, ns) = scope.Namespace(request.Context);
        var accounts = await client.ListAllAsync(caller.Identity, s_serviceAccounts, ns, metadataOnly: true, context.CancellationToken);
        return new GetServiceAccountNamesResponse { ServiceaccountNames = { accounts.Select(a => a.Name) } };
    }

    /// <summary>Lists the active namespaces that the caller may use.</summary>
    public async Task<GetNamespaceNamesResponse> GetNamespaceNames(GetNamespaceNamesRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var client = scope.Cluster(request.Cluster, "cluster");
        var names = trusted.Read(context.RequestHeaders) ?? await accessible.ListAsync(client, caller.Identity, context.CancellationToken);
        return new GetNamespaceNamesResponse { NamespaceNames = { names } };
    }

    /// <summary>Creates a namespace.</summary>
    public async Task<CreateNamespaceResponse> CreateNamespace(CreateNamespaceRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var (client, ns) = scope.Namespace(request.Context);
        var metadata = new JsonObject { ["name"] = ns };
        if (request.Labels.Count > 0)
        {
            metadata["labels"] = new JsonObject(request.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        }

        var manifest = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = metadata };
        await client.CreateAsync(caller.Identity, s_namespaces, null, manifest, new WriteOptions(), context.CancellationToken);
        return new CreateNamespaceResponse();
    }

    /// <summary>Tells whether a namespace exists. Clients try tokens with it: a bad one is UNAUTHENTICATED, one without rights PERMISSION_DENIED.</summary>
    public async Task<CheckNamespaceExistsResponse> CheckNamespaceExists(CheckNamespaceExistsRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var (client, ns) = scope.Namespace(request.Context);
        return new CheckNamespaceExistsResponse { Exists = await client.FindAsync(caller.Identity, s_namespaces, null, ns, context.CancellationToken) is not null };
    }

    /// <summary>Lists the secrets of a namespace with their types.</summary>
    public async Task<GetSecretNamesResponse> GetSecretNames(GetSecretNamesRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var (client, ns) = scope.Namespace(request.Context);
        var response = new GetSecretNamesResponse();
        foreach (var secret in await client.ListAllAsync(caller.Identity, s_secrets, ns, metadataOnly: false, context.CancellationToken))
        {
            response.SecretNames[secret.Name] = SecretTypes.ToWire(secret.Text("type"));
        }

        return response;
    }

    /// <summary>Creates a secret.</summary>
    public async Task<CreateSecretResponse> CreateSecret(CreateSecretRequest request, RpcContext context)
    {
        var caller = context.Caller();
        var (client, ns) = scope.Namespace(request.Context);
        if (request.Name.Length == 0)
        {
            throw PackageException.InvalidField("name", "give the secret's name.");
        }

        var data = request.StringData.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Convert.ToBase64String(Encoding.UTF8.GetBytes(entry.Value))));
        var manifest = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = request.Name, ["namespace"] = ns },
            ["type"] = SecretTypes.ToKubernetes(request.Type),
            ["data"] = new JsonObject(data),
        };
        await client.CreateAsync(caller.Identity, s_secrets, ns, manifest, new WriteOptions(), context.CancellationToken);
        return new CreateSecretResponse();
    }

    /// <summary>Tells whether the caller may do something.</summary>
    public async Task<CanIResponse> CanI(CanIRequest request, RpcContext context)
    {
        var caller = context.Caller();
        if (string.IsNullOrEmpty(request.Context?.Cluster))
        {
            throw PackageException.InvalidField("context.cluster", "give the cluster.");
        }

        Require("verb", request.Verb, "get");
        Require("resource", request.Resource, "secrets");
        var client = scope.Cluster(request.Context.Cluster, "context.cluster");

        // On other clusters the service lists namespaces for those who may not; so that is what this question is about.
        var isNamespaceList = request is { Verb: "list", Resource: "namespaces", Group: "" };
        var attributes = new ResourceAttributes(request.Verb, request.Group, request.Resource, request.Context.Namespace);
        if (isNamespaceList && !scope.IsDefault(client))
        {
            try
            {
                return new CanIResponse { Allowed = (await client.ReviewAccessAsync(KubernetesIdentity.Service, attributes, context.CancellationToken)).Allowed };
            }
            catch (KubernetesException e) when (e.Failure == KubernetesFailure.Forbidden)
            {
                // The service has no account there, so that only the caller's rights count.
            }
        }

        return new CanIResponse { Allowed = (await client.ReviewAccessAsync(caller.Identity, attributes, context.CancellationToken)).Allowed };
    }

    private InstalledPackageRef ReadPackage(Pb.InstalledPackageReference? reference)
    {
        const string Field = "installed_package_ref";
        if (reference is null)
        {
            throw PackageException.InvalidField(Field, "name the installed package.");
        }

        Require($"{Field}.context.namespace", reference.Context?.Namespace, "default");
        Require($"{Field}.identifier", reference.Identifier, "my-release");
        Require($"{Field}.plugin.name", reference.Plugin?.Name, "fluxv2.packages");
        var cluster = scope.Cluster(reference.Context!.Cluster, $"{Field}.context.cluster").ClusterName;
        return new InstalledPackageRef(new PluginId(reference.Plugin!.Name, reference.Plugin.Version), cluster, reference.Context.Namespace, reference.Identifier);
    }

    private static void Require(string field, string? value, string example)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw PackageException.InvalidField(field, $"give a value, for example '{example}'.");
        }
    }

    private static Pb.ResourceRef ToWire(ResourceRef resource) => new()
    {
        ApiVersion = resource.ApiVersion,
        Kind = resource.Kind,
        Name = resource.Name,
        Namespace = resource.Namespace,
    };
}
