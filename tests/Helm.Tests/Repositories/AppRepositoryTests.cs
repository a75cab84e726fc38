using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Repositories;

/// <summary>When repositories are refreshed, and to whom they offer what.</summary>
public sealed class AppRepositoryTests
{
    private static readonly HelmRepositoryFormat s_format = new(
        Options.Create(new HelmOptions { GlobalNamespace = "shared" }), new OneCluster(new FakeKubernetesClient()), new FakeHelmCatalogueSource(null), NullLogger<HelmRepositoryFormat>.Instance);

    [Theory]
    [InlineData("", 600)]
    [InlineData("30s", 30)]
    [InlineData("1h30m", 5400)]
    [InlineData("soon", 600)]
    [InlineData("0s", 600)]
    [InlineData("-1m", 600)]
    public void The_interval_is_a_duration_or_ten_minutes(string interval, int seconds) =>
        Schedule($$"""{"interval": "{{interval}}"}""").Interval.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("""{"resyncRequests": 1}""", false)]
    [InlineData("""{"ociRepositories": ["a"]}""", false)]
    [InlineData("""{"filterRule": {"jq": "true"}}""", false)]
    [InlineData("""{"url": "https://other.example"}""", true)]
    [InlineData("""{"type": "oci"}""", true)]
    [InlineData("""{"auth": {"header": {"secretKeyRef": {"name": "a", "key": "k"}}}}""", true)]
    [InlineData("""{"auth": {"customCA": {"secretKeyRef": {"name": "a", "key": "k"}}}}""", true)]
    [InlineData("""{"passCredentials": true}""", true)]
    [InlineData("""{"tlsInsecureSkipVerify": true}""", true)]
    [InlineData("""{"syncJobPodTemplate": {"spec": {"containers": [{"env": [{"name": "http_proxy", "value": "p.example"}]}]}}}""", true)]
    public void What_matters_asks_for_a_refresh_at_once(string change, bool anotherRemote)
    {
        var before = Schedule("{}");

        var after = Schedule(change);

        after.Fingerprint.ShouldNotBe(before.Fingerprint);
        (after.Remote != before.Remote).ShouldBe(anotherRemote);
        Schedule(change).ShouldBe(after);
    }

    [Theory]
    [InlineData("""{"description": "other"}""")]
    [InlineData("""{"interval": "1h"}""")]
    [InlineData("""{"dockerRegistrySecrets": ["a"]}""")]
    public void What_does_not_matter_asks_for_none(string change) => Schedule(change).Fingerprint.ShouldBe(Schedule("{}").Fingerprint);

    [Fact]
    public void Nothing_of_an_address_is_in_a_schedule() =>
        Schedule("""{"url": "https://anna:secret-word@charts.example"}""").ToString().ShouldNotContain("secret-word");

    [Fact]
    public void A_namespace_has_its_own_repositories_and_the_global_ones()
    {
        var scope = s_format.ReadScope("default", "team-a");

        scope.Cluster.ShouldBe("default");
        scope.Namespaces!.Order().ShouldBe(["shared", "team-a"]);
    }

    [Fact]
    public void Other_clusters_have_the_global_ones_of_the_default_cluster()
    {
        var scope = s_format.ReadScope("other", "team-a");

        scope.Cluster.ShouldBe("default");
        scope.Namespaces!.ShouldBe(["shared"]);
    }

    [Fact]
    public void There_is_no_catalogue_of_all_namespaces() =>
        Should.Throw<PackageException>(() => s_format.ReadScope("default", "")).Code.ShouldBe(PackageErrorCode.Unimplemented);

    [Fact]
    public void Who_may_read_Secrets_may_see_packages_and_the_global_ones_are_open()
    {
        s_format.CatalogueAccess.Verb.ShouldBe("get");
        (s_format.CatalogueAccess.Kind.Group, s_format.CatalogueAccess.Kind.Resource).ShouldBe(("", "secrets"));
        s_format.CatalogueAccess.GlobalIsOpen.ShouldBeTrue();
        s_format.GlobalNamespace.ShouldBe("shared");
        s_format.ReadRepository("default", Repository("{}", "shared")).NamespaceScoped.ShouldBeFalse();
        s_format.ReadRepository("default", Repository("{}", "team-a")).NamespaceScoped.ShouldBeTrue();
    }

    private static RefreshSchedule Schedule(string change) => s_format.ReadSchedule(Repository(change, "team-a"));

    private static KubernetesObject Repository(string change, string ns)
    {
        var spec = new JsonObject { ["type"] = "helm", ["url"] = "https://charts.example" };
        foreach (var (key, value) in JsonNode.Parse(change)!.AsObject())
        {
            spec[key] = value?.DeepClone();
        }

        return KubernetesObject.From(new JsonObject
        {
            ["apiVersion"] = "kubeapps.com/v1alpha1",
            ["kind"] = "AppRepository",
            ["metadata"] = new JsonObject { ["name"] = "charts", ["namespace"] = ns },
            ["spec"] = spec,
        });
    }
}
