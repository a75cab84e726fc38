using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Charts;
using Wego.Plugins.Helm;
using Wego.Plugins.Secrets;
using Wego.Sandbox;

namespace Wego.Helm.Tests.Repositories;

/// <summary>The life of a repository on an API server: the schema takes what is written, the rights of the caller count, Secrets are collected.</summary>
public sealed class RepositoryLifecycleTests : IAsyncLifetime
{
    private static readonly RepositoryRef s_charts = new(HelmPlugin.PluginId, "default", "team-a", "charts");

    private readonly ChartRepositoryFactory _factory = new(ChartRepositoryOptions.Default, TimeProvider.System);
    private SandboxServer _sandbox = null!;
    private ChartServer _server = null!;
    private KubernetesClient _client = null!;
    private HelmRepositoryFormat _format = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PluginCall TeamA => new(_client, KubernetesIdentity.Bearer(SandboxTokens.TeamA));

    private PluginCall Admin => new(_client, KubernetesIdentity.Bearer(SandboxTokens.Admin));

    public async ValueTask InitializeAsync()
    {
        var definition = await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "deploy", "crds", "apprepositories.yaml"), Cancellation);
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Manifests = [definition] }, Cancellation);
        _server = await ChartServer.StartAsync();
        _client = new KubernetesClient(
            new ClusterConfiguration(_sandbox.Address) { User = new UserConfiguration { Token = SandboxTokens.Service } },
            new KubernetesClientOptions { Qps = 1000, Burst = 1000 },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        _format = new HelmRepositoryFormat(
            Options.Create(new HelmOptions()), new OneCluster(_client), new HelmCatalogueSource(_factory), NullLogger<HelmRepositoryFormat>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _factory.Dispose();
        await _server.DisposeAsync();
        await _sandbox.DisposeAsync();
        _sandbox.Requests.RefusedTo(SandboxTokens.ServiceUser).ShouldBeEmpty("rights that Wego lacks");
    }

    [Fact]
    public async Task A_repository_is_added_validated_read_changed_as_it_was_read_and_removed_with_its_Secrets()
    {
        var detail = RepositoryJson.Read<CustomDetail>(JsonNode.Parse("""
            {"performValidation": true, "filterRule": {"jq": ".name == $n", "variables": {"$n": "web"}},
             "imagesPullSecret": {"credentials": {"server": "r.example", "username": "u", "password": "p"}},
             "proxyOptions": {"enabled": true, "httpsProxy": "http://u:secret-word@proxy.example", "noProxy": "a.example"},
             "nodeSelector": {"disk": "ssd"}, "tolerations": [{"key": "k", "tolerationSeconds": 7}], "securityContext": {"runAsUser": 0}}
            """)!);
        var request = new AddRepository
        {
            Ref = s_charts,
            Type = "helm",
            Url = _server.Url,
            NamespaceScoped = true,
            Interval = "1m30s",
            Description = "Ours",
            Auth = new RepositoryAuth { Type = RepositoryAuthType.BasicAuth, UsernamePassword = new UsernamePassword("anna", "secret-word"), PassCredentials = true },
            CustomDetail = detail,
        };

        await _format.AddAsync(request, TeamA, Cancellation);
        var added = await GetAsync();
        var read = await _format.ReadDetailAsync(s_charts, added, TeamA, Cancellation);
        await _format.UpdateAsync(
            new UpdateRepository { Ref = s_charts, Url = read.Summary.Url, Description = read.Summary.Description, Interval = read.Interval, Auth = read.Auth, Tls = read.Tls, CustomDetail = read.CustomDetail },
            TeamA,
            Cancellation);
        var unchanged = await GetAsync();
        var catalogue = (await _format.RefreshAsync(s_charts, unchanged, null, Admin, Cancellation)).Catalogue!;

        RepositoryJson.Write(read)!.ToJsonString().ShouldNotContain("secret-word");
        JsonNode.DeepEquals(JsonObject.Create(unchanged.Spec), JsonObject.Create(added.Spec)).ShouldBeTrue($"{added.Spec}\nbecame\n{unchanged.Spec}");
        catalogue.Packages.Select(p => p.Name).ShouldBe(["web"]);
        (await SecretsAsync()).ShouldBe(["apprepo-charts", "pullsecret-charts"]);

        await _format.DeleteAsync(s_charts, TeamA, Cancellation);
        (await SecretsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kind_of_login_that_changes_the_type_of_the_Secret_is_taken()
    {
        var docker = new RepositoryAuth { Type = RepositoryAuthType.DockerConfigJson, DockerCredentials = new DockerCredentials("r.example", "u", "p", "") };
        await _format.AddAsync(
            new AddRepository { Ref = s_charts, Type = "oci", Url = "oci://r.example/charts", NamespaceScoped = true, Auth = new RepositoryAuth { Type = RepositoryAuthType.Bearer, Header = "x" } },
            TeamA,
            Cancellation);

        await _format.UpdateAsync(new UpdateRepository { Ref = s_charts, Url = "oci://r.example/charts", Auth = docker }, TeamA, Cancellation);

        (await GetAsync()).Text("spec", "auth", "header", "secretKeyRef", "key").ShouldBe(".dockerconfigjson");
        (await SecretsAsync()).ShouldBe(["apprepo-charts"]);
    }

    [Fact]
    public async Task Elsewhere_the_caller_may_not_and_nothing_is_left_behind()
    {
        var request = new AddRepository
        {
            Ref = s_charts with { Namespace = "default" },
            Type = "helm",
            Url = _server.Url,
            NamespaceScoped = true,
            Auth = new RepositoryAuth { Type = RepositoryAuthType.Bearer, Header = "secret-word" },
        };

        var refused = await Should.ThrowAsync<KubernetesException>(() => _format.AddAsync(request, TeamA, Cancellation));

        refused.Failure.ShouldBe(KubernetesFailure.Forbidden);
        refused.Message.ShouldNotContain("secret-word");
        (await SecretsAsync("default")).ShouldBeEmpty();
    }

    private Task<KubernetesObject> GetAsync() => _client.GetAsync(Admin.Identity, AppRepositories.Resource, "team-a", "charts", Cancellation);

    private async Task<string[]> SecretsAsync(string ns = "team-a")
    {
        var secrets = await _client.ListAsync(Admin.Identity, RepositorySecret.Resource, ns, new ListOptions(), Cancellation);
        return [.. secrets.Items.Where(s => s.Annotation(SecretOwnership.ManagedByAnnotation) is not null).Select(s => s.Name).Order(StringComparer.Ordinal)];
    }
}
