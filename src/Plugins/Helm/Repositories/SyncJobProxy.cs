using System.Text.Json;
using System.Text.Json.Nodes;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>
/// The proxies of an <c>AppRepository</c>: environment variables of the containers of its <c>syncJobPodTemplate</c>, in upper or
/// lower case. Kubeapps gave them to its sync jobs; here they serve every request to the repository.
/// </summary>
/// <param name="Http">The proxy for <c>http</c>, or empty.</param>
/// <param name="Https">The proxy for <c>https</c>, or empty.</param>
/// <param name="NoProxy">What is reached straight, or empty.</param>
internal sealed record SyncJobProxy(string Http, string Https, string NoProxy)
{
    private const string HttpVariable = "HTTP_PROXY";
    private const string HttpsVariable = "HTTPS_PROXY";
    private const string NoProxyVariable = "NO_PROXY";
    private const string HiddenUser = RepositoryAuth.Redacted + "@";

    public static SyncJobProxy None { get; } = new("", "", "");

    public static SyncJobProxy Of(KubernetesObject repository)
    {
        var environment = repository.Find("spec", "syncJobPodTemplate", "spec", "containers").Items()
            .SelectMany(c => c.Child("env").Items())
            .Select(e => (Name: e.Text("name"), Value: e.Text("value")))
            .Where(e => e.Value.Length > 0)
            .ToLookup(e => e.Name.ToUpperInvariant(), e => e.Value, StringComparer.Ordinal);
        return new SyncJobProxy(Find(HttpVariable), Find(HttpsVariable), Find(NoProxyVariable));

        string Find(string name) => environment[name].FirstOrDefault() ?? "";
    }

    /// <summary>The proxies of a request; those that are told with a hidden login keep the one that is stored.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static SyncJobProxy Of(ProxyOptions? options, SyncJobProxy stored) => options is not { Enabled: true } ? None : new SyncJobProxy(
        Keep("http_proxy", options.HttpProxy, stored.Http),
        Keep("https_proxy", options.HttpsProxy, stored.Https),
        options.NoProxy.Trim());

    /// <summary>What a read shows: logins hidden; null where there are no proxies.</summary>
    public ProxyOptions? ToMessage() => this == None ? null : new ProxyOptions { Enabled = true, HttpProxy = Hide(Http), HttpsProxy = Hide(Https), NoProxy = NoProxy };

    /// <summary>How to connect; null where there are no proxies.</summary>
    /// <exception cref="ChartException">A proxy is no address.</exception>
    public ChartProxy? ToChartProxy() => this == None ? null : new ChartProxy
    {
        Http = Http.Length == 0 ? null : ChartProxy.ParseAddress(Http),
        Https = Https.Length == 0 ? null : ChartProxy.ParseAddress(Https),
        NoProxy = NoProxy,
    };

    /// <summary>Puts the proxies into a pod template in place of those that are there.</summary>
    public void WriteTo(JsonObject template)
    {
        foreach (var container in (template["spec"]?["containers"] as JsonArray ?? []).OfType<JsonObject>().ToArray())
        {
            Clear(container);
        }

        var variables = new[] { (HttpVariable, Http), (HttpsVariable, Https), (NoProxyVariable, NoProxy) }
            .Where(v => v.Item2.Length > 0)
            .Select(v => (JsonNode)new JsonObject { ["name"] = v.Item1, ["value"] = v.Item2 })
            .ToArray();
        if (variables.Length > 0)
        {
            var environment = FirstEnvironment(template);
            foreach (var variable in variables)
            {
                environment.Add(variable);
            }
        }
    }

    public override string ToString() => nameof(SyncJobProxy);

    private static JsonArray FirstEnvironment(JsonObject template)
    {
        if (template["spec"] is not JsonObject spec)
        {
            template["spec"] = spec = [];
        }

        if (spec["containers"] is not JsonArray containers)
        {
            spec["containers"] = containers = [];
        }

        if (containers.FirstOrDefault() is not JsonObject container)
        {
            containers.Add(container = []);
        }

        if (container["env"] is not JsonArray environment)
        {
            container["env"] = environment = [];
        }

        return environment;
    }

    // A container that had nothing else goes, too.
    private static void Clear(JsonObject container)
    {
        if (container["env"] is not JsonArray environment)
        {
            return;
        }

        foreach (var variable in environment.Where(IsProxy).ToArray())
        {
            environment.Remove(variable);
        }

        if (environment.Count == 0)
        {
            container.Remove("env");
        }

        if (container.Count == 0)
        {
            var containers = container.Parent!.AsArray();
            containers.Remove(container);
            if (containers.Count == 0)
            {
                containers.Parent!.AsObject().Remove("containers");
            }
        }
    }

    private static bool IsProxy(JsonNode? variable) =>
        variable?["name"] is JsonValue name && name.GetValueKind() == JsonValueKind.String
        && name.GetValue<string>().ToUpperInvariant() is HttpVariable or HttpsVariable or NoProxyVariable;

    private static string Hide(string proxy) =>
        TryParse(proxy) is { UserInfo.Length: > 0 } uri ? proxy.Replace($"{uri.UserInfo}@", HiddenUser, StringComparison.Ordinal) : proxy;

    private static string Keep(string field, string given, string stored)
    {
        var proxy = given.Trim();
        if (proxy.Length > 0 && TryParse(proxy) is null)
        {
            throw PackageException.InvalidField($"custom_detail.proxy_options.{field}", "the address of the proxy has to be of the form http://HOST:PORT.");
        }

        if (!proxy.Contains(HiddenUser, StringComparison.Ordinal))
        {
            return proxy;
        }

        return Hide(stored) == proxy ? stored : throw PackageException.InvalidField(
            $"custom_detail.proxy_options.{field}",
            $"{RepositoryAuth.Redacted} keeps the stored login of the same proxy, but none is stored; give user name and password.");
    }

    private static Uri? TryParse(string proxy)
    {
        try
        {
            return proxy.Length == 0 ? null : ChartProxy.ParseAddress(proxy);
        }
        catch (ChartException)
        {
            return null;
        }
    }
}
