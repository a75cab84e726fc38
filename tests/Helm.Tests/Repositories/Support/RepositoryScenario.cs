using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Repositories;

/// <summary>
/// What a golden case sets up and asks for: <c>objects</c>, <c>fail</c> (verb, resource, failure), <c>reachable</c> (whether the
/// remote side is a repository) and the <c>request</c> of one operation.
/// </summary>
internal sealed class RepositoryScenario : IDisposable
{
    private readonly JsonObject _input;
    private readonly TestLog _log = new();

    public RepositoryScenario(JsonObject input)
    {
        _input = input;
        Client.Kinds.Serve("v1", "Secret", "secrets").Serve("kubeapps.com/v1alpha1", "AppRepository", "apprepositories");
        foreach (var obj in input["objects"] as JsonArray ?? [])
        {
            Client.Add(Encode(obj!.DeepClone().AsObject()));
        }

        if (input["fail"] is JsonObject fail)
        {
            Client.Fail = call => call.Verb == Text(fail, "verb") && call.Resource == Text(fail, "resource") && (fail["name"] is null || call.Name == Text(fail, "name"))
                ? Enum.Parse<KubernetesFailure>(Text(fail, "failure"))
                : null;
        }

        var probe = new FakeHelmCatalogueSource(input["reachable"]?.GetValue<bool>());
        Repositories = new HelmRepositoryFormat(
            Options.Create(new HelmOptions()), new OneCluster(Client), probe, new Logger<HelmRepositoryFormat>(_log));
    }

    public FakeKubernetesClient Client { get; } = new(RepositoryJson.Cluster);

    public HelmRepositoryFormat Repositories { get; }

    private PluginCall Call => new(Client, KubernetesIdentity.Bearer("token-of-the-caller"));

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

        if (operation != "repository")
        {
            outcome["objects"] = new JsonArray([.. Client.Objects.Select(Decode)]);
        }

        Client.Calls.ShouldAllBe(call => call.StartsWith("bearer "), "everything a user asks for is done with the user's rights");
        return outcome;
    }

    public void Dispose() => _log.Dispose();

    private async Task<JsonNode?> InvokeAsync(string operation, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case "add":
                await Repositories.AddAsync(RepositoryJson.Read<AddRepository>(_input["request"]!), Call, cancellationToken);
                return null;
            case "change":
                await Repositories.UpdateAsync(RepositoryJson.Read<UpdateRepository>(_input["request"]!), Call, cancellationToken);
                return null;
            case "remove":
                await Repositories.DeleteAsync(RepositoryJson.Read<RepositoryRef>(_input["request"]!), Call, cancellationToken);
                return null;
            case "repository":
                var repository = KubernetesObject.From(Client.Objects.First(o => o["kind"]!.GetValue<string>() == "AppRepository"));
                var summary = Repositories.ReadRepository(RepositoryJson.Cluster, repository);
                return RepositoryJson.Write(await Repositories.ReadDetailAsync(summary.Ref, repository, Call, cancellationToken));
            default:
                throw new InvalidOperationException($"No operation {operation}.");
        }
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

    private static string Text(JsonObject obj, string name) => obj[name]!.GetValue<string>();
}
