using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Charts;
using Wego.Plugins.Flux;

namespace Wego.Flux.Tests;

/// <summary>
/// What a golden case sets up and asks for: <c>served</c> (versions of Flux' APIs, newest by default), <c>options</c>,
/// <c>objects</c>, <c>releases</c> (Helm's Secrets, unpacked), <c>fail</c> (verb, resource, failure) and one operation.
/// </summary>
internal sealed class FluxScenario : IDisposable
{
    private readonly JsonObject _input;
    private readonly TestLog _log = new();

    public FluxScenario(JsonObject input)
    {
        _input = input;
        var served = input["served"] as JsonObject;
        Client.Kinds
            .Serve("v1", "Secret", "secrets")
            .Serve($"helm.toolkit.fluxcd.io/{served?["helm"]?.GetValue<string>() ?? "v2"}", "HelmRelease", "helmreleases")
            .Serve($"source.toolkit.fluxcd.io/{served?["source"]?.GetValue<string>() ?? "v1"}", "HelmRepository", "helmrepositories");
        foreach (var obj in input["objects"] as JsonArray ?? [])
        {
            Client.Add(Encode(obj!.DeepClone().AsObject()));
        }

        foreach (var release in input["releases"] as JsonArray ?? [])
        {
            Client.Add(Pack(release!.AsObject()));
        }

        if (input["fail"] is JsonObject fail)
        {
            Client.Fail = call => call.Verb == Text(fail, "verb") && call.Resource == Text(fail, "resource") ? Enum.Parse<KubernetesFailure>(Text(fail, "failure")) : null;
        }

        var options = Options.Create(ReadOptions(input["options"] as JsonObject ?? []));
        Packages = new FluxPackageFormat(options);
        Repositories = new FluxRepositoryFormat(options, new NoCatalogueSource(), new Logger<FluxRepositoryFormat>(_log));
    }

    public FakeKubernetesClient Client { get; } = new(ModelJson.Cluster);

    public FluxPackageFormat Packages { get; }

    public FluxRepositoryFormat Repositories { get; }

    public PluginCall Call => new(Client, KubernetesIdentity.Bearer("token-of-the-caller"));

    /// <summary>The result of the operation, or its error, and what is in the cluster afterwards.</summary>
    public async Task<JsonObject> RunAsync(string operation, CancellationToken cancellationToken)
    {
        var outcome = new JsonObject();
        try
        {
            if (await InvokeAsync(operation, cancellationToken) is { } result)
            {
                outcome["result"] = result;
            }
        }
        catch (PackageException e)
        {
            outcome["error"] = $"{e.Code}: {e.Message}";
        }
        catch (KubernetesException e)
        {
            outcome["error"] = $"{KubernetesErrors.CodeOf(e.Failure)}: {e.Message}";
        }

        if (operation is "create" or "update" or "delete" or "add" or "change" or "remove")
        {
            outcome["objects"] = new JsonArray([.. Client.Objects.Select(Decode)]);
        }

        Client.Calls.ShouldAllBe(call => call.StartsWith("bearer "), "everything a user asks for is done with the user's rights");
        return outcome;
    }

    public void Dispose() => _log.Dispose();

    private async Task<JsonNode?> InvokeAsync(string operation, CancellationToken cancellationToken)
    {
        var release = Find("HelmRelease");
        var repository = Find("HelmRepository");
        switch (operation)
        {
            case "create":
                await Packages.CreateAsync(Request<CreateInstalledPackage>(), Call, cancellationToken);
                return null;
            case "update":
                await Packages.UpdateAsync(Request<UpdateInstalledPackage>(), Call, cancellationToken);
                return null;
            case "delete":
                await Packages.DeleteAsync(ModelJson.Read<InstalledPackageRef>(_input["request"]!), Call, cancellationToken);
                return null;
            case "installed":
                return ModelJson.Write(Packages.ReadInstalled(ModelJson.Cluster, release!));
            case "detail":
                return ModelJson.Write(await Packages.ReadDetailAsync(RefOf(release!), [release!], Call, cancellationToken));
            case "resources":
                return ModelJson.Write(await Packages.ReadResourcesAsync(RefOf(release!), [release!], Call, cancellationToken));
            case "add":
                await Repositories.AddAsync(Request<AddRepository>(), Call, cancellationToken);
                return null;
            case "change":
                await Repositories.UpdateAsync(Request<UpdateRepository>(), Call, cancellationToken);
                return null;
            case "remove":
                await Repositories.DeleteAsync(ModelJson.Read<RepositoryRef>(_input["request"]!), Call, cancellationToken);
                return null;
            case "repository":
                var summary = Repositories.ReadRepository(ModelJson.Cluster, repository!);
                return ModelJson.Write(await Repositories.ReadDetailAsync(summary.Ref, repository!, Call, cancellationToken));
            default:
                throw new InvalidOperationException($"No operation {operation}.");
        }
    }

    private T Request<T>() => ModelJson.Read<T>(_input["request"]!);

    private KubernetesObject? Find(string kind) =>
        Client.Objects.FirstOrDefault(o => o["kind"]!.GetValue<string>() == kind) is { } found ? KubernetesObject.From(found) : null;

    private static InstalledPackageRef RefOf(KubernetesObject release) => new(FluxPlugin.PluginId, ModelJson.Cluster, release.Namespace, release.Name);

    private static FluxOptions ReadOptions(JsonObject options) => new()
    {
        UpgradePolicy = options["upgradePolicy"] is { } policy ? Enum.Parse<UpgradePolicy>(policy.GetValue<string>()) : UpgradePolicy.None,
        DefaultInterval = options["defaultInterval"]?.GetValue<string>() ?? "1m",
        Timeout = options["timeout"]?.GetValue<string>() ?? "",
        NoCrossNamespaceRefs = options["noCrossNamespaceRefs"]?.GetValue<bool>() ?? false,
    };

    // Secrets are written with stringData in the cases, so that they can be read.
    private static JsonObject Encode(JsonObject obj) => Rewrite(obj, "stringData", "data", text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));

    private static JsonObject Decode(JsonObject obj) => Rewrite(obj, "data", "stringData", text => Encoding.UTF8.GetString(Convert.FromBase64String(text)));

    private static JsonObject Rewrite(JsonObject obj, string from, string to, Func<string, string> change)
    {
        if (obj["kind"]!.GetValue<string>() == "Secret" && obj[from] is JsonObject data)
        {
            obj.Remove(from);
            obj[to] = new JsonObject(data.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)change(pair.Value!.GetValue<string>()))));
        }

        return obj;
    }

    private static JsonObject Pack(JsonObject release)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(release["content"]!.ToJsonString()));
        }

        var helm = Convert.ToBase64String(packed.ToArray());
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = Text(release, "name"), ["namespace"] = Text(release, "namespace") },
            ["type"] = "helm.sh/release.v1",
            ["data"] = new JsonObject { ["release"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(helm)) },
        };
    }

    private static string Text(JsonObject obj, string name) => obj[name]!.GetValue<string>();
}
