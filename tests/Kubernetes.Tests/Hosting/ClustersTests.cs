using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Wego.Kubernetes.Tests;

/// <summary>Several clusters, each on its own.</summary>
public sealed class ClustersTests : IDisposable
{
    private readonly TestLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static KubernetesIdentity Caller { get; } = KubernetesIdentity.Bearer("callers-token");

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task EachClusterIsCalledAsWhoeverWegoIsThere()
    {
        await using var first = await ServerAsync();
        await using var second = await ServerAsync();
        using var services = Services(first, ("Wego:Clusters:0:name", "second"), ("Wego:Clusters:0:apiServiceURL", second.Address.ToString()), ("Wego:Clusters:0:serviceToken", "second-token"));
        var clients = services.GetRequiredService<IKubernetesClients>();

        clients.Names.ShouldBe(["default", "second"]);
        clients.Get("-").ShouldBeSameAs(clients.Get(""));
        clients.Get("second").ShouldBeSameAs(clients.Get("second"));
        await clients.Get("").GetRawAsync(KubernetesIdentity.Service, "/version", Cancellation);
        await clients.Get("second").GetRawAsync(KubernetesIdentity.Service, "/version", Cancellation);
        await clients.Get("second").GetRawAsync(Caller, "/version", Cancellation);

        first.Requests.Select(r => r.Authorization).ShouldBe(["Bearer own-token"]);
        second.Requests.Select(r => r.Authorization).ShouldBe(["Bearer second-token", "Bearer callers-token"]);
    }

    [Fact]
    public async Task WithoutAServiceTokenOnlyTheCallersTokenIsUsed()
    {
        await using var first = await ServerAsync();
        await using var second = await ServerAsync();
        second.Always("GET /api", 200, """{"kind":"APIVersions","versions":["v1"]}""").Always("GET /apis", 200, """{"kind":"APIGroupList","groups":[]}""")
            .Always("GET /api/v1", 200, """{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"configmaps","kind":"ConfigMap","namespaced":true,"verbs":["list"]}]}""");
        using var services = Services(first, ("Wego:Clusters:0:name", "second"), ("Wego:Clusters:0:apiServiceURL", second.Address.ToString()));
        var client = services.GetRequiredService<IKubernetesClients>().Get("second");

        var refused = await Should.ThrowAsync<KubernetesException>(() => client.GetRawAsync(KubernetesIdentity.Service, "/version", Cancellation));
        refused.Failure.ShouldBe(KubernetesFailure.Forbidden);
        refused.Message.ShouldContain("Set serviceToken of that cluster");
        refused.Message.ShouldContain("'second'");
        (await Should.ThrowAsync<KubernetesException>(async () => await client.Discovery.FindKindAsync("v1", "ConfigMap", Cancellation))).Failure.ShouldBe(KubernetesFailure.Forbidden);
        second.Requests.ShouldBeEmpty();

        (await client.Discovery.For(Caller).FindKindAsync("v1", "ConfigMap", Cancellation))!.Resource.Resource.ShouldBe("configmaps");
        (await client.Discovery.FindKindAsync("v1", "ConfigMap", Cancellation))!.Resource.Resource.ShouldBe("configmaps");
        second.Requests.ShouldAllBe(r => r.Authorization == "Bearer callers-token");
    }

    [Fact]
    public async Task ADeadClusterDelaysNoOther()
    {
        await using var first = await ServerAsync();
        using var hole = new BlackHole();
        using var services = Services(
            first,
            ("Wego:Clusters:0:name", "dead"),
            ("Wego:Clusters:0:apiServiceURL", hole.Address.ToString()),
            ("Wego:Clusters:0:serviceToken", "t"),
            ("Wego:Kubernetes:ConnectTimeout", "00:10:00"),
            ("Wego:Kubernetes:RequestTimeout", "00:10:00"),
            ("Wego:Kubernetes:Burst", "5"));
        var clients = services.GetRequiredService<IKubernetesClients>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        // Far more than the limiter lets through, and none of them ends.
        var stuck = Enumerable.Range(0, 100).Select(_ => clients.Get("dead").GetRawAsync(KubernetesIdentity.Service, "/version", stop.Token)).ToArray();

        for (var i = 0; i < 5; i++)
        {
            await clients.Get("").GetRawAsync(KubernetesIdentity.Service, "/version", Cancellation);
        }

        stuck.ShouldAllBe(s => !s.IsCompleted);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Task.WhenAll(stuck));
    }

    [Fact]
    public async Task CallersGoThroughThePinnipedProxyAndTheServiceDoesNot()
    {
        using var tls = new TestTls();
        using var proxyTls = new TestTls();
        await using var second = await ServerAsync(tls);
        await using var proxy = await ServerAsync(proxyTls);
        var authority = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(tls.AuthorityPem));
        var folder = Directory.CreateTempSubdirectory("wego-").FullName;
        try
        {
            var file = Path.Combine(folder, "pinniped.crt");
            await File.WriteAllTextAsync(file, proxyTls.AuthorityPem, Cancellation);
            using var services = Services(
                second,
                ("Wego:Clusters:0:name", "second"),
                ("Wego:Clusters:0:apiServiceURL", second.Address.ToString()),
                ("Wego:Clusters:0:certificateAuthorityData", authority),
                ("Wego:Clusters:0:serviceToken", "second-token"),
                ("Wego:Clusters:0:pinnipedConfig:enabled", "true"),
                ("Wego:Kubernetes:PinnipedProxyUrl", proxy.Address.ToString()),
                ("Wego:Kubernetes:PinnipedProxyCaCert", file));
            var client = services.GetRequiredService<IKubernetesClients>().Get("second");
            await client.GetRawAsync(KubernetesIdentity.Service, "/version", Cancellation);
            await client.GetRawAsync(Caller, "/version", Cancellation);

            second.Requests.Single().Authorization.ShouldBe("Bearer second-token");
            second.Requests.Single().Headers.ContainsKey("PINNIPED_PROXY_API_SERVER_URL").ShouldBeFalse();
            var proxied = proxy.Requests.Single();
            proxied.Authorization.ShouldBe("Bearer callers-token");
            proxied.Headers["PINNIPED_PROXY_API_SERVER_URL"].ToString().ShouldBe(second.Address.ToString());
            proxied.Headers["PINNIPED_PROXY_API_SERVER_CERT"].ToString().ShouldBe(authority);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task AnAccessDecisionHoldsForItsClusterOnly()
    {
        const string Reviews = "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        await using var first = await ServerAsync();
        await using var second = await ServerAsync();
        first.Always(Reviews, 201, Review(allowed: true));
        second.Always(Reviews, 201, Review(allowed: false));
        using var services = Services(first, ("Wego:Clusters:0:name", "second"), ("Wego:Clusters:0:apiServiceURL", second.Address.ToString()));
        var (clients, reviewer) = (services.GetRequiredService<IKubernetesClients>(), services.GetRequiredService<IAccessReviewer>());
        var attributes = new ResourceAttributes("get", "", "secrets", "default");

        (await reviewer.ReviewAsync(clients.Get(""), Caller, attributes, Cancellation)).Allowed.ShouldBeTrue();
        (await reviewer.ReviewAsync(clients.Get("second"), Caller, attributes, Cancellation)).Allowed.ShouldBeFalse();

        static string Review(bool allowed) => "{\"kind\":\"SelfSubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\",\"metadata\":{},\"status\":{\"allowed\":" + (allowed ? "true" : "false") + "}}";
    }

    [Fact]
    public void AMistakeStopsTheStart()
    {
        using var services = Services(null, ("Wego:Clusters:0:name", "second"), ("Wego:Clusters:0:apiServiceURL", "ftp://second.test"));

        var error = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        error.Message.ShouldBe("Wego:Clusters:0 ('second'): apiServiceURL is not an http or https URL.");
    }

    private static async Task<ScriptedServer> ServerAsync(TestTls? tls = null) => (await ScriptedServer.StartAsync(tls)).Always("GET /version", 200, "{}");

    private ServiceProvider Services(ScriptedServer? own, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(_log);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
        services.AddKubernetes(_ => new ClusterConfiguration(own?.Address ?? new Uri("http://127.0.0.1:1")) { User = new UserConfiguration { Token = "own-token" } });
        return services.BuildServiceProvider();
    }
}
