using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Kubeappsapis.Plugins.KappController.Packages.V1Alpha1;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Carvel;
using Wego.Plugins.Charts;

namespace Wego.Carvel.Tests;

/// <summary>
/// What a golden case sets up and asks for: <c>options</c>, <c>objects</c>, <c>served</c> (further kinds, as apiVersion, kind,
/// resource), <c>fail</c> (verb, resource, failure) and one operation.
/// </summary>
internal sealed class CarvelScenario : IDisposable
{
    private readonly JsonObject _input;
    private readonly TestLog _log = new();

    public CarvelScenario(JsonObject input)
    {
        _input = input;
        Client.Kinds
            .Serve("v1", "Secret", "secrets")
            .Serve("v1", "ConfigMap", "configmaps")
            .Serve("packaging.carvel.dev/v1alpha1", "PackageInstall", "packageinstalls")
            .Serve("packaging.carvel.dev/v1alpha1", "PackageRepository", "packagerepositories")
            .Serve("data.packaging.carvel.dev/v1alpha1", "Package", "packages")
            .Serve("data.packaging.carvel.dev/v1alpha1", "PackageMetadata", "packagemetadatas")
            .Serve("kappctrl.k14s.io/v1alpha1", "App", "apps");
        foreach (var kind in input["served"] as JsonArray ?? [])
        {
            Client.Kinds.Serve(Text(kind!, "apiVersion"), Text(kind!, "kind"), Text(kind!, "resource"), kind!["namespaced"]?.GetValue<bool>() ?? true);
        }

        foreach (var obj in input["objects"] as JsonArray ?? [])
        {
            Client.Add(Encode(obj!.DeepClone().AsObject()));
        }

        if (input["fail"] is JsonObject fail)
        {
            Client.Fail = call => call.Verb == Text(fail, "verb") && call.Resource == Text(fail, "resource") ? Enum.Parse<KubernetesFailure>(Text(fail, "failure")) : null;
        }

        var options = Options.Create(ReadOptions(input["options"] as JsonObject ?? []));
        Packages = new CarvelPackageFormat(options, new Logger<CarvelPackageFormat>(_log));
        Repositories = new CarvelRepositoryFormat(options, new Logger<CarvelRepositoryFormat>(_log));
    }

    public FakeKubernetesClient Client { get; } = new(ModelJson.Cluster);

    public CarvelPackageFormat Packages { get; }

    public CarvelRepositoryFormat Repositories { get; }

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
        var install = Find("PackageInstall");
        var repository = Find("PackageRepository");
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
                return ReadInstalled(install!);
            case "detail":
                return ModelJson.Write(await Packages.ReadDetailAsync(RefOf(install!), [install!], Call, cancellationToken));
            case "resources":
                return ModelJson.Write(await Packages.ReadResourcesAsync(RefOf(install!), [install!], Call, cancellationToken));
            case "available":
                return ModelJson.Write(PackageContentReader.Read(Find("PackageMetadata")!, Find("Package")!));
            case "catalogue":
                return CatalogueJson.Write(Client.Objects.Select(KubernetesObject.From));
            case "add":
                await Repositories.AddAsync(Detailed(Request<AddRepository>(), (r, d) => r with { CustomDetail = d }), Call, cancellationToken);
                return null;
            case "change":
                await Repositories.UpdateAsync(Detailed(Request<UpdateRepository>(), (r, d) => r with { CustomDetail = d }), Call, cancellationToken);
                return null;
            case "remove":
                await Repositories.DeleteAsync(ModelJson.Read<RepositoryRef>(_input["request"]!), Call, cancellationToken);
                return null;
            case "repository":
                return await ReadRepositoryAsync(repository!, cancellationToken);
            default:
                throw new InvalidOperationException($"No operation {operation}.");
        }
    }

    private async Task<JsonNode> ReadRepositoryAsync(KubernetesObject repository, CancellationToken cancellationToken)
    {
        var summary = Repositories.ReadRepository(ModelJson.Cluster, repository);
        var detail = await Repositories.ReadDetailAsync(summary.Ref, repository, Call, cancellationToken);
        var result = ModelJson.Write(detail with { CustomDetail = null })!.AsObject();
        if (detail.CustomDetail is { } custom)
        {
            var parsed = KappControllerPackageRepositoryCustomDetail.Parser.ParseFrom(custom.Value.AsSpan());
            result["fetch"] = JsonNode.Parse(JsonFormatter.Default.Format(parsed.Fetch));
        }

        return result;
    }

    // With what the catalogue in the case makes of the version selection.
    private JsonNode? ReadInstalled(KubernetesObject install)
    {
        var package = Packages.ReadInstalled(ModelJson.Cluster, install)!;
        var offered = CatalogueJson.Build(Client.Objects.Select(KubernetesObject.From)).Packages.FirstOrDefault(p => p.Name == package.Source?.Package);
        return ModelJson.Write(offered is null ? package : package with { LatestMatchingVersion = Packages.FindMatching(offered, package.VersionSelection) });
    }

    // The fields of the custom detail are written as "fetch" in the cases; "customDetail" gives its bytes.
    private T Detailed<T>(T request, Func<T, CustomDetail, T> set) => _input["fetch"] is not { } fetch ? request : set(request, new CustomDetail(
        // Without a slash, as the dashboard of Kubeapps sends it.
        KappControllerPackageRepositoryCustomDetail.Descriptor.FullName,
        [.. JsonParser.Default.Parse<KappControllerPackageRepositoryCustomDetail>(new JsonObject { ["fetch"] = fetch.DeepClone() }.ToJsonString()).ToByteArray()]));

    private T Request<T>() => ModelJson.Read<T>(_input["request"]!);

    private KubernetesObject? Find(string kind) =>
        Client.Objects.FirstOrDefault(o => o["kind"]!.GetValue<string>() == kind) is { } found ? KubernetesObject.From(found) : null;

    private static InstalledPackageRef RefOf(KubernetesObject install) => new(CarvelPlugin.PluginId, ModelJson.Cluster, install.Namespace, install.Name);

    private static CarvelOptions ReadOptions(JsonObject given)
    {
        var options = new CarvelOptions
        {
            UpgradePolicy = given["upgradePolicy"] is { } policy ? Enum.Parse<UpgradePolicy>(policy.GetValue<string>()) : UpgradePolicy.None,
            AllowPrereleases = given["allowPrereleases"]?.GetValue<bool>() ?? false,
            AllowDowngrades = given["allowDowngrades"]?.GetValue<bool>() ?? false,
        };
        foreach (var identifier in given["prereleaseIdentifiers"] as JsonArray ?? [])
        {
            options.PrereleaseIdentifiers.Add(identifier!.GetValue<string>());
        }

        return options;
    }

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

    private static string Text(JsonNode obj, string name) => obj[name]!.GetValue<string>();
}
