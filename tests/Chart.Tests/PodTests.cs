using System.Globalization;
using System.Text.Json.Nodes;

namespace Wego.Chart.Tests;

/// <summary>What must be true of the pods, whatever the values.</summary>
public sealed class PodTests
{
    [Theory]
    [EachHelm("Golden")]
    public async Task PodsKeepToTheRestrictedSecurityStandard(string helm, string name)
    {
        var pod = (await RenderAsync(helm, name)).One("Deployment")["spec"]!["template"]!["spec"]!;
        pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>().ShouldBeTrue();
        pod["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>().ShouldBe("RuntimeDefault");
        pod.AsObject().ShouldNotContainKey("hostNetwork");
        foreach (var container in pod["containers"]!.AsArray())
        {
            var context = container!["securityContext"]!;
            context["allowPrivilegeEscalation"]!.GetValue<bool>().ShouldBeFalse();
            context["readOnlyRootFilesystem"]!.GetValue<bool>().ShouldBeTrue();
            context["capabilities"]!.ToJsonString().ShouldBe("""{"drop":["ALL"]}""");
        }

        string[] allowed = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];
        pod["volumes"]!.AsArray().SelectMany(v => v!.AsObject().Select(p => p.Key)).Where(k => k != "name").ShouldBeSubsetOf(allowed);
    }

    [Theory]
    [EachHelm("Golden")]
    public async Task EveryMountHasItsVolumeAndEveryPortIsAContainers(string helm, string name)
    {
        var objects = await RenderAsync(helm, name);
        var pod = objects.One("Deployment")["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]![0]!;
        Names(container["volumeMounts"]).ShouldBeSubsetOf(Names(pod["volumes"]));
        var ports = Names(container["ports"]);
        objects.Where(o => o.Kind() == "Service").SelectMany(s => s["spec"]!["ports"]!.AsArray()).Select(p => p!["targetPort"]!.GetValue<string>()).ShouldBeSubsetOf(ports);
        objects.Where(o => o.Kind() == "NetworkPolicy")
            .SelectMany(p => p["spec"]!["ingress"]!.AsArray()).SelectMany(r => r!["ports"]!.AsArray()).Select(p => p!["port"]!.GetValue<string>()).ShouldBeSubsetOf(ports);
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
        {
            ports.ShouldContain(container[probe]!["httpGet"]!["port"]!.GetValue<string>());
        }
    }

    [Theory]
    [EachHelm("Golden")]
    public async Task SelectorsFindThePodsAndSiloPortsAreForReplicasOnly(string helm, string name)
    {
        var objects = await RenderAsync(helm, name);
        var deployment = objects.One("Deployment");
        var labels = deployment["spec"]!["template"]!["metadata"]!["labels"]!.AsObject();
        var selectors = objects.Where(o => o.Kind() == "Service").Select(s => s["spec"]!["selector"])
            .Concat(objects.Where(o => o.Kind() is "PodDisruptionBudget" or "Deployment").Select(o => o["spec"]!["selector"]!["matchLabels"]))
            .Concat(objects.Where(o => o.Kind() is "NetworkPolicy").Select(o => o["spec"]!["podSelector"]!["matchLabels"]))
            .ToArray();
        selectors.ShouldAllBe(s => s!.AsObject().All(l => JsonNode.DeepEquals(labels[l.Key], l.Value)));

        foreach (var rule in objects.Where(o => o.Kind() == "NetworkPolicy").SelectMany(p => p["spec"]!["ingress"]!.AsArray()))
        {
            if (rule!["ports"]!.AsArray().Any(p => p!["port"]!.GetValue<string>() is "silo" or "gateway"))
            {
                var peer = rule["from"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
                peer.Select(p => p.Key).ShouldBe(["podSelector"]);
                JsonNode.DeepEquals(peer["podSelector"]!["matchLabels"], deployment["spec"]!["selector"]!["matchLabels"]).ShouldBeTrue();
            }
        }
    }

    [Theory]
    [EachHelm]
    public async Task PodsAreReplacedWhenTheirSettingsChange(string helm)
    {
        var before = await AnnotationsAsync(helm);
        (await AnnotationsAsync(helm)).ShouldBe(before);
        (await AnnotationsAsync(helm, "--set", "settings.Grains.RetryDelay=00:00:03")).ShouldNotBe(before);
        (await AnnotationsAsync(helm, "--set", "clusters[0].name=second")).ShouldNotBe(before);
    }

    [Theory]
    [EachHelm]
    public async Task AReplicaKnowsHowLongItMayTakeAndThatIsEnoughForHelm(string helm)
    {
        foreach (var (argument, expected) in new[] { ("", 360), ("terminationGracePeriodSeconds=3599", 3599) })
        {
            var objects = Manifests.Parse(await Helm.TemplateAsync(helm, "--set", argument));
            objects.One("Deployment")["spec"]!["template"]!["spec"]!["terminationGracePeriodSeconds"]!.GetValue<long>().ShouldBe(expected);
            var settings = JsonNode.Parse(objects.One("ConfigMap")["data"]!["appsettings.Production.json"]!.GetValue<string>())!;
            TimeSpan.Parse(settings["Wego"]!["Lifecycle"]!["GracePeriod"]!.GetValue<string>(), CultureInfo.InvariantCulture).ShouldBe(TimeSpan.FromSeconds(expected));
        }

        // Operations are told to end after nine tenths of it, and Helm ends its own after 300 s.
        (0.9 * WegoChart.Values()["terminationGracePeriodSeconds"]!.GetValue<long>()).ShouldBeGreaterThan(300 + 5);
    }

    private static async Task<string> AnnotationsAsync(string helm, params string[] arguments) =>
        Manifests.Parse(await Helm.TemplateAsync(helm, arguments)).One("Deployment")["spec"]!["template"]!["metadata"]!["annotations"]!.ToJsonString();

    private static async Task<IReadOnlyList<JsonObject>> RenderAsync(string helm, string name) =>
        Manifests.Parse(await Helm.TemplateAsync(helm, "--values", Cases.PathOf("Golden", name, "values.yaml")));

    private static string[] Names(JsonNode? list) => [.. list!.AsArray().Select(i => i!["name"]!.GetValue<string>())];
}
