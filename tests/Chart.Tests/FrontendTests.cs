using System.Text.Json.Nodes;

namespace Wego.Chart.Tests;

/// <summary>With frontends of their own, silos hold grains and frontends serve: what each of them is, reaches and is scaled by.</summary>
public sealed class FrontendTests
{
    [Theory]
    [EachHelm]
    public async Task FrontendsServeAndSilosHoldGrains(string helm)
    {
        var objects = Manifests.Parse(await Helm.TemplateAsync(helm, "--set", "frontend.enabled=true", "--set", "replicaCount=4", "--set", "frontend.replicas=2"));
        var (silo, frontend) = (objects.One("Deployment", "wego-silo"), objects.One("Deployment", "wego-frontend"));
        (Arguments(silo), Arguments(frontend)).ShouldBe(("--listen 0.0.0.0:50051 --Wego:Roles=silo", "--listen 0.0.0.0:50051 --Wego:Roles=frontend"));
        (Replicas(silo), Replicas(frontend)).ShouldBe((4, 2));
        JsonNode.DeepEquals(Container(silo)["resources"], Container(frontend)["resources"]).ShouldBeTrue();

        Component(objects.One("Service", "wego")["spec"]!["selector"]).ShouldBe("frontend");
        Component(objects.One("Service", "wego-silo")["spec"]!["selector"]).ShouldBe("silo");
        Component(objects.One("Service", "wego-metrics")["spec"]!["selector"]).ShouldBeNull("both are scraped");
        foreach (var role in new[] { "silo", "frontend" })
        {
            Component(objects.One("PodDisruptionBudget", $"wego-{role}")["spec"]!["selector"]!["matchLabels"]).ShouldBe(role);
            var policy = objects.One("NetworkPolicy", $"wego-{role}");
            Component(policy["spec"]!["podSelector"]!["matchLabels"]).ShouldBe(role);
            policy["spec"]!["ingress"]!.AsArray().SelectMany(r => r!["ports"]!.AsArray()).Select(p => p!["port"]!.GetValue<string>())
                .ShouldBe(role == "silo" ? ["silo", "gateway", "metrics"] : ["api", "metrics"]);
        }
    }

    [Theory]
    [EachHelm]
    public async Task TheAutoscalerTakesFrontendsAndLeavesSilosAlone(string helm)
    {
        var objects = Manifests.Parse(await Helm.TemplateAsync(helm, "--set", "frontend.enabled=true", "--set", "autoscaling.enabled=true"));
        objects.One("HorizontalPodAutoscaler")["spec"]!["scaleTargetRef"]!["name"]!.GetValue<string>().ShouldBe("wego-frontend");
        Replicas(objects.One("Deployment", "wego-silo")).ShouldBe(3);
        objects.One("Deployment", "wego-frontend")["spec"]!.AsObject().ShouldNotContainKey("replicas");
    }

    [Theory]
    [EachHelm]
    public async Task WithoutThemEveryReplicaIsBoth(string helm)
    {
        var objects = Manifests.Parse(await Helm.TemplateAsync(helm));
        Arguments(objects.One("Deployment", "wego")).ShouldBe("--listen 0.0.0.0:50051");
        objects.Select(o => o.Kind()).Count(k => k is "Deployment" or "NetworkPolicy" or "PodDisruptionBudget").ShouldBe(3);
    }

    private static JsonNode Container(JsonObject deployment) => deployment["spec"]!["template"]!["spec"]!["containers"]![0]!;

    private static string Arguments(JsonObject deployment) => string.Join(' ', Container(deployment)["args"]!.AsArray().Select(a => a!.GetValue<string>()));

    private static long Replicas(JsonObject deployment) => deployment["spec"]!["replicas"]!.GetValue<long>();

    private static string? Component(JsonNode? labels) => labels!["app.kubernetes.io/component"]?.GetValue<string>();
}
