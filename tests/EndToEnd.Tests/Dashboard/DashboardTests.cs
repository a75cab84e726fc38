using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>The files, the configuration and the operators' routes that a dashboard for the Kubeapps API wants beside the API.</summary>
public sealed class DashboardTests : IDisposable
{
    private readonly DashboardFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FilesHaveTypeTagAndLifetime()
    {
        await using var wego = await StartAsync();
        using var client = wego.Rest(token: null);
        foreach (var (path, type, cache) in new[]
        {
            ("/", "text/html", "no-cache"),
            ("/index.html", "text/html", "no-cache"),
            ("/custom_style.css", "text/css", "no-cache"),
            ("/openapi.yaml", "application/yaml", "no-cache"),
            ("/static/js/main.0a1b2c.js", "text/javascript", "public, max-age=31536000, immutable"),
        })
        {
            using var answer = await client.GetAsync(path, Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            answer.Headers.GetValues("Cache-Control").Single().ShouldBe(cache);
            using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
            (await client.SendAsync(again, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        }

        foreach (var missing in new[] { "/custom_locale.json", "/clr-ui.min.css", "/.hidden", "/static/", "/static" })
        {
            (await client.GetAsync(missing, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound, missing);
        }
    }

    [Theory]
    [InlineData("/../outside.txt")]
    [InlineData("/static/../../outside.txt")]
    [InlineData("/..%2foutside.txt")]
    [InlineData("/%2e%2e/outside.txt")]
    [InlineData("/..%5coutside.txt")]
    [InlineData("/static/%2e%2e%2f%2e%2e%2foutside.txt")]
    [InlineData("//outside.txt")]
    [InlineData("/%00/../outside.txt")]
    [InlineData("/api/clusters/default/../../../outside.txt")]
    public async Task NothingOutsideTheFolderIsServed(string path)
    {
        await using var wego = await StartAsync("Wego:Dashboard:Operators=true");
        var answer = await RawAsync(wego.Address, $"GET {path} HTTP/1.0\r\n\r\n");
        answer.ShouldNotContain("200 OK");
        answer.ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("GET", "/core/plugins/v1alpha1/configured-plugins")]
    [InlineData("GET", "/apis/core/plugins/v1alpha1/configured-plugins")]
    [InlineData("POST", "/kubeappsapis.core.plugins.v1alpha1.PluginsService/GetConfiguredPlugins")]
    [InlineData("POST", "/apis/kubeappsapis.core.plugins.v1alpha1.PluginsService/GetConfiguredPlugins")]
    [InlineData("POST", "/kubeapps/apis/kubeappsapis.core.plugins.v1alpha1.PluginsService/GetConfiguredPlugins")]
    [InlineData("GET", "/kubeapps/apis/core/plugins/v1alpha1/configured-plugins")]
    [InlineData("POST", "/grpc.health.v1.Health/Check")]
    public async Task NoFileShadowsTheApi(string method, string path)
    {
        await using var wego = await StartAsync("Wego:Dashboard:PathPrefix=/kubeapps");
        using var client = wego.Rest(token: null);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? new StringContent("{}", Encoding.UTF8, "application/json") : null };
        using var answer = await client.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task TheConfigurationIsWegosOwn()
    {
        await using var wego = await StartAsync(
            "Wego:Clusters:0:name=second",
            "Wego:Clusters:0:apiServiceURL=https://second.test",
            "Wego:Dashboard:KubeappsNamespace=packages",
            "Wego:Dashboard:HelmGlobalNamespace=helm-global",
            "Wego:Dashboard:AppVersion=v9",
            "Wego:Dashboard:AuthProxyEnabled=true",
            "Wego:Dashboard:OauthLoginUri=/login",
            "Wego:Dashboard:OauthLogoutUri=/logout",
            "Wego:Dashboard:AuthProxySkipLoginPage=true",
            "Wego:Dashboard:Operators=true",
            "Wego:Dashboard:SchemaEditor=true",
            "Wego:Dashboard:Theme=dark",
            "Wego:Dashboard:RemoteComponentsUrl=/custom_components.js",
            "Wego:Dashboard:CustomAppViews:0:Name=web",
            "Wego:Dashboard:CustomAppViews:0:Plugin=helm.packages",
            "Wego:Dashboard:CustomAppViews:0:Repository=sample",
            "Wego:Dashboard:SkipAvailablePackageDetails=true",
            "Wego:Dashboard:CreateNamespaceLabels:team=a");
        using var client = wego.Rest(token: null);
        var text = await client.GetStringAsync("/config.json", Cancellation);
        JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse("""
            {
              "kubeappsCluster": "default", "kubeappsNamespace": "packages", "helmGlobalNamespace": "helm-global",
              "carvelGlobalNamespace": "kapp-controller-packaging-global", "appVersion": "v9", "authProxyEnabled": true,
              "oauthLoginURI": "/login", "oauthLogoutURI": "/logout", "authProxySkipLoginPage": true,
              "featureFlags": {"operators": true, "schemaEditor": {"enabled": true}}, "clusters": ["default", "second"], "theme": "dark",
              "remoteComponentsUrl": "/custom_components.js", "customAppViews": [{"name": "web", "plugin": "helm.packages", "repository": "sample"}],
              "skipAvailablePackageDetails": true, "createNamespaceLabels": {"team": "a"}
            }
            """)).ShouldBeTrue(text);
        using var first = await client.GetAsync("/config.json", Cancellation);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/config.json") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        (await client.SendAsync(again, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task TheFoldersConfigurationIsServedIfAskedFor()
    {
        await using var wego = await StartAsync("Wego:Dashboard:UseConfigFile=true");
        using var client = wego.Rest(token: null);
        (await client.GetStringAsync("/config.json", Cancellation)).ShouldContain("from-the-folder");
    }

    [Fact]
    public async Task WithoutAnApiDescriptionOfItsOwnWegosIsServed()
    {
        _folder.Delete("openapi.yaml");
        await using var wego = await StartAsync();
        using var client = wego.Rest(token: null);
        (await client.GetStringAsync("/openapi.yaml", Cancellation)).ShouldContain("configured-plugins");
    }

    [Fact]
    public async Task BelowAPrefixEverythingIsThereToo()
    {
        await using var wego = await StartAsync("Wego:Dashboard:PathPrefix=/kubeapps/ui");
        using var client = wego.Rest(token: null);
        foreach (var path in new[] { "/kubeapps/ui/", "/kubeapps/ui/config.json", "/kubeapps/ui/static/js/main.0a1b2c.js", "/", "/config.json" })
        {
            (await client.GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        (await RawAsync(wego.Address, "GET /kubeapps/ui?a=b HTTP/1.0\r\n\r\n")).ShouldContain("Location: /kubeapps/ui/?a=b");
        (await client.GetAsync("/kubeapps/uiother", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task WithoutADashboardNothingOfItIsThere()
    {
        await using var wego = await WegoFixture.StartAsync(beforeStart: null, "Wego:Dashboard:Operators=true", "Wego:Dashboard:PathPrefix=/kubeapps");
        using var client = wego.Rest(SandboxTokens.Admin);
        foreach (var path in new[] { "/", "/config.json", "/kubeapps/", "/api/clusters/default/api/v1/namespaces", "/operators/namespaces/a/operator/b/logo" })
        {
            (await client.GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Theory]
    [InlineData("Wego:Dashboard:Directory=/does/not/exist", "Wego:Dashboard:Directory")]
    [InlineData("Wego:Dashboard:PathPrefix=kubeapps", "Wego:Dashboard:PathPrefix")]
    [InlineData("Wego:Dashboard:PathPrefix=/kubeapps/", "Wego:Dashboard:PathPrefix")]
    [InlineData("Wego:Dashboard:PathPrefix=/../a", "Wego:Dashboard:PathPrefix")]
    [InlineData("Wego:Dashboard:Theme=pink", "Wego:Dashboard:Theme")]
    public async Task ABadSettingStopsTheStartAndNamesItsKey(string setting, string key)
    {
        var error = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => StartAsync(setting));
        error.Message.ShouldContain(key);
    }

    [Fact]
    public async Task OperatorsRoutesAreClosedUnlessTheirFlagIsOn()
    {
        await using var wego = await StartAsync();
        using var client = wego.Rest(SandboxTokens.Admin);
        (await client.GetAsync("/api/clusters/default/api/v1/namespaces", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync("/apis/operators/namespaces/olm/operator/etcd/logo", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task TheKubernetesApiIsRelayedWithTheCallersRights()
    {
        await using var wego = await StartAsync("Wego:Dashboard:Operators=true");
        using var team = wego.Rest(SandboxTokens.TeamA);
        (await StatusAsync(team, "/api/clusters/default/api/v1/namespaces")).ShouldBe(403);
        (await StatusAsync(team, "/api/clusters/default/api/v1/namespaces/team-a/configmaps?limit=1")).ShouldBe(200);
        using var created = await team.PostAsync(
            "/api/clusters/default/api/v1/namespaces/team-a/configmaps",
            new StringContent("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"made"}}""", Encoding.UTF8, "application/json"),
            Cancellation);
        ((int)created.StatusCode).ShouldBe(201);
        created.Headers.Contains("Set-Cookie").ShouldBeFalse();
        ((int)(await team.DeleteAsync("/api/clusters/default/api/v1/namespaces/team-a/configmaps/made", Cancellation)).StatusCode).ShouldBe(200);
        (await StatusAsync(team, "/api/clusters/nowhere/api/v1/namespaces")).ShouldBe(404);
        (await StatusAsync(team, "/api/clusters/default/metrics")).ShouldBe(404);
        (await StatusAsync(team, "/api/clusters/default/api/%2e%2e/metrics")).ShouldBe(404);
        (await StatusAsync(team, "/api/clusters/default")).ShouldBe(404);
        using var nobody = wego.Rest(token: null);
        (await StatusAsync(nobody, "/api/clusters/default/api/v1/namespaces")).ShouldBe(401);
        using var wrong = wego.Rest("no-such-token");
        (await StatusAsync(wrong, "/api/clusters/default/api/v1/namespaces")).ShouldBe(401);
        (await RawAsync(wego.Address, $"GET /api/clusters/default/api/v1/namespaces HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nAuthorization: Bearer {SandboxTokens.Admin}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"))
            .ShouldStartWith("HTTP/1.1 501");
        wego.Cluster.Faults.GoDown();
        (await StatusAsync(team, "/api/clusters/default/api/v1/namespaces/team-a/configmaps")).ShouldBe(503);
        wego.Cluster.Faults.ComeBack();
    }

    [Fact]
    public async Task AWatchIsRelayedAsItHappens()
    {
        await using var wego = await StartAsync("Wego:Dashboard:Operators=true");
        using var team = wego.Rest(SandboxTokens.TeamA);
        using var answer = await team.GetAsync("/api/clusters/default/api/v1/namespaces/team-a/configmaps?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        answer.Headers.GetValues("X-Accel-Buffering").Single().ShouldBe("no");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        wego.Cluster.Store.CreateYaml("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: seen, namespace: team-a}
            """);
        string? line;
        do
        {
            line = await lines.ReadLineAsync(Cancellation);
            line.ShouldNotBeNull();
        }
        while (!line.Contains("\"seen\"", StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Logos => new()
    {
        { "<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml" },
        { "<?xml version='1.0'?>\n<svg/>", "image/svg+xml" },
        { "\u0089PNG\r\n\u001a\n0", "image/png" },
        { "GIF89a", "image/gif" },
        { "\u00ff\u00d8\u00ff\u00e0", "image/jpeg" },
        { "RIFF0000WEBPVP8 ", "image/webp" },
        { "\u0000\u0001\u0002", "application/octet-stream" },
        { "", "application/octet-stream" },
    };

    [Theory]
    [MemberData(nameof(Logos))]
    public async Task LogosOfOperatorsAreReadWithTheServicesToken(string image, string type)
    {
        var asked = new List<string>();
        await using var kubernetes = await KubernetesAsync(async http =>
        {
            // Discovery, and the question whether the API server is there, are Wego's own affair.
            if (http.Request.Path.Value is not "/api" and not "/apis" and not "/version")
            {
                asked.Add($"{http.Request.Path} {http.Request.Headers.Authorization}");
            }

            await http.Response.Body.WriteAsync(Encoding.Latin1.GetBytes(image), http.RequestAborted);
        });
        await using var wego = await StartOnAsync(kubernetes);
        using var nobody = wego.Rest(token: null);
        using var answer = await nobody.GetAsync("/apis/operators/namespaces/olm/operator/etcd.v1/logo", Cancellation);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(image);
        asked.ShouldBe(["/apis/packages.operators.coreos.com/v1/namespaces/olm/packagemanifests/etcd.v1/icon Bearer own-token"]);
        foreach (var odd in new[] { "/apis/operators/namespaces/olm/operator/a%2fb/logo", "/apis/operators/namespaces/%2e%2e/operator/a/logo", "/apis/operators/namespaces//operator/a/logo" })
        {
            (await nobody.GetAsync(odd, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound, odd);
        }

        asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(404, 404)]
    [InlineData(403, 502)]
    [InlineData(500, 502)]
    public async Task ALogoThatCannotBeReadIsNoSecret(int status, int expected)
    {
        await using var kubernetes = await KubernetesAsync(http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync("inner words", http.RequestAborted);
        });
        await using var wego = await StartOnAsync(kubernetes);
        using var nobody = wego.Rest(token: null);
        using var answer = await nobody.GetAsync("/operators/namespaces/olm/operator/etcd/logo", Cancellation);
        ((int)answer.StatusCode).ShouldBe(expected);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("inner words");
    }

    private static async Task<int> StatusAsync(HttpClient client, string path) => (int)(await client.GetAsync(path, Cancellation)).StatusCode;

    private static async Task<string> RawAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), Cancellation);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancellation);
    }

    private static async Task<WebApplication> KubernetesAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync(Cancellation);
        return app;
    }

    private Task<WegoFixture> StartAsync(params string[] settings) => WegoFixture.StartAsync(beforeStart: null, [$"Wego:Dashboard:Directory={_folder.Path}", .. settings]);

    private Task<WegoFixture> StartOnAsync(WebApplication kubernetes) => StartAsync(
        "Wego:Dashboard:Operators=true",
        "Wego:Clusters:0:name=default",
        "Wego:Clusters:0:isKubeappsCluster=true",
        $"Wego:Clusters:0:apiServiceURL={kubernetes.Urls.First()}",
        "Wego:Clusters:0:serviceToken=own-token");
}
