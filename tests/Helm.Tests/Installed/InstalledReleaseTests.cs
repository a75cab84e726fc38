using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Installed;

/// <summary>What is shown of the objects in which Helm keeps releases; no helm program is there.</summary>
public sealed class InstalledReleaseTests
{
    private static readonly InstalledPackageRef s_package = new(HelmPlugin.PluginId, "default", "team-a", "web");
    private readonly InstalledRelease _releases = new("hub");

    [Theory]
    [InlineData("deployed", true, PackageStatusReason.Installed, "deployed")]
    [InlineData("failed", false, PackageStatusReason.Failed, "failed: it broke")]
    [InlineData("pending-install", false, PackageStatusReason.Pending, "pending-install")]
    [InlineData("pending-upgrade", false, PackageStatusReason.Pending, "pending-upgrade")]
    [InlineData("pending-rollback", false, PackageStatusReason.Pending, "pending-rollback")]
    [InlineData("uninstalling", false, PackageStatusReason.Pending, "uninstalling")]
    [InlineData("uninstalled", false, PackageStatusReason.Unspecified, "uninstalled")]
    [InlineData("superseded", false, PackageStatusReason.Unspecified, "superseded")]
    [InlineData("unknown", false, PackageStatusReason.Unspecified, "unknown")]
    [InlineData("new-in-helm-9", false, PackageStatusReason.Unspecified, "new-in-helm-9")]
    public void Every_status_is_shown(string status, bool ready, PackageStatusReason reason, string words) =>
        _releases.Read("default", Secret(1, status)).ShouldNotBeNull().Status.ShouldBe(new PackageStatus(ready, reason, words));

    [Fact]
    public void The_chart_and_where_it_came_from_are_shown()
    {
        var plain = _releases.Read("default", Secret(3, "deployed"))!;
        plain.Ref.ShouldBe(s_package);
        plain.Revision.ShouldBe(3);
        plain.CurrentVersion.ShouldBe(new PackageVersion("1.2.3", "7"));
        plain.Source.ShouldBeNull();
        plain.Origin.ShouldBe(new PackageOrigin("nginx", "1.2.3", "7", "https://example.com", "A web server"));

        var labelled = Secret(3, "deployed", labels =>
        {
            labels["wego.dev/repository-namespace"] = "charts";
            labels["wego.dev/repository-name"] = "bitnami";
            labels["wego.dev/package-name"] = "nginx";
        });
        var sourced = _releases.Read("default", labelled)!;
        sourced.Source.ShouldBe(new AvailablePackageRef(new RepositoryRef(HelmPlugin.PluginId, "hub", "charts", "bitnami"), "nginx"));
        sourced.Origin.ShouldBeNull();
    }

    [Fact]
    public void A_release_that_cannot_be_read_is_listed_and_says_why()
    {
        var broken = Secret(2, "deployed").ToJsonObject();
        broken["data"]!["release"] = "bm90IGJhc2U2NCE=";

        var shown = _releases.Read("default", KubernetesObject.From(broken))!;

        shown.Ref.ShouldBe(s_package);
        shown.Status.Ready.ShouldBeTrue();
        shown.Status.UserReason.ShouldBe("deployed: the record of revision 2 cannot be read: its data is not base64, or was cut off");
        shown.CurrentVersion.ShouldBeNull();
    }

    [Fact]
    public void What_no_longer_counts_is_not_decoded()
    {
        var broken = Secret(1, "superseded").ToJsonObject();
        broken["data"]!["release"] = "?";

        _releases.Read("default", KubernetesObject.From(broken))!.Status.UserReason.ShouldBe("superseded");
    }

    [Fact]
    public void The_history_is_told_newest_first()
    {
        var history = _releases.ReadHistory([Secret(1, "superseded"), Secret(10, "deployed"), Secret(9, "failed")]).ToArray();

        history.Select(r => (r.Revision, r.Status.UserReason)).ShouldBe([(10, "deployed"), (9, "failed: it broke"), (1, "superseded")]);
        history.ShouldAllBe(r => r.Version == new PackageVersion("1.2.3", "7") && r.DeployedAt == new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("helm", false)]
    [InlineData("helm-controller", true)]
    public void Releases_of_Flux_are_told_by_who_wrote_them(string manager, bool expected)
    {
        var obj = Secret(1, "deployed").ToJsonObject();
        obj["metadata"]!["managedFields"] = new JsonArray(new JsonObject { ["manager"] = "kubectl" }, new JsonObject { ["manager"] = manager });

        FluxReleases.IsOne(KubernetesObject.From(obj)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("charts", "bitnami", "nginx", true)]
    [InlineData("charts", "bitnami", "team/nginx", false)]
    [InlineData("charts", "a-name-with-more-than-sixty-three-characters-is-no-value-of-a-label", "nginx", false)]
    public void Only_what_fits_is_a_label(string ns, string name, string package, bool fits) =>
        SourceLabels.Write(new AvailablePackageRef(new RepositoryRef(HelmPlugin.PluginId, "hub", ns, name), package))
            .ShouldAllBe(label => label.Value != null == fits);

    private static KubernetesObject Secret(long revision, string status, Action<JsonObject>? label = null)
    {
        var labels = new JsonObject { ["owner"] = "helm", ["name"] = "web", ["version"] = $"{revision}", ["status"] = status };
        label?.Invoke(labels);
        var json =
            $$"""
            {
              "name": "web",
              "info": { "last_deployed": "2024-05-01T10:00:00Z", "description": "it broke", "status": "{{status}}" },
              "chart": { "metadata": { "name": "nginx", "version": "1.2.3", "appVersion": "7", "description": "A web server", "home": "https://example.com" } },
              "manifest": ""
            }
            """;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(json));
        }

        var release = Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(packed.ToArray())));
        return KubernetesObject.From(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["type"] = "helm.sh/release.v1",
            ["metadata"] = new JsonObject { ["name"] = $"sh.helm.release.v1.web.v{revision}", ["namespace"] = "team-a", ["labels"] = labels },
            ["data"] = new JsonObject { ["release"] = release },
        });
    }
}
