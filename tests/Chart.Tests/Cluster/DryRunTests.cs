using Wego.Testing.ApiServers;

namespace Wego.Chart.Tests;

/// <summary>What the chart renders is what a real kube-apiserver takes, field for field: server-side apply refuses fields that it does not know.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
[Trait(Needs.Trait, Needs.Helm)]
public sealed class DryRunTests
{
    /// <summary>Its definitions come with the operator, which no test cluster has.</summary>
    private const string PrometheusOperator = "monitoring.coreos.com/v1";

    [Fact]
    public async Task TheServerTakesEveryObject()
    {
        Assert.SkipWhen(HelmPrograms.MissingReason() is not null, HelmPrograms.MissingReason() ?? "");
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
        await using var server = await KubeApiServer.StartAsync(ApiServerAssets.Find(), TestContext.Current.CancellationToken);
        using var admin = new ClusterAdmin(server);
        foreach (var ns in new[] { "wego-system", "team-b", "tools" })
        {
            await admin.CreateNamespaceAsync(ns);
        }

        foreach (var name in Cases.In("Golden"))
        {
            foreach (var obj in Manifests.Parse(await Helm.TemplateAsync(HelmPrograms.All[^1], "--values", Cases.PathOf("Golden", name, "values.yaml"), "--include-crds", "--kube-version", "1.20.2")))
            {
                var refusal = await admin.ApplyAsync(obj, dryRun: true);
                if (obj["apiVersion"]!.GetValue<string>() == PrometheusOperator)
                {
                    refusal.ShouldBe($"{PrometheusOperator} has no ServiceMonitor here");
                }
                else
                {
                    refusal.ShouldBeNull($"{name}: {obj.Kind()} {obj.Name()}");
                }
            }
        }

        // The test can tell: the same with a misspelt field.
        var wrong = Manifests.Parse(await Helm.TemplateAsync(HelmPrograms.All[^1], "--kube-version", "1.20.2")).One("Deployment");
        wrong["spec"]!["template"]!["spec"]!["containers"]![0]!["livenesProbe"] = new System.Text.Json.Nodes.JsonObject();
        (await admin.ApplyAsync(wrong, dryRun: true)).ShouldNotBeNull().ShouldContain("livenesProbe");
    }
}
