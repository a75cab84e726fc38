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
        foreach (var deployment in Deployments(await RenderAsync(helm, name)))
        {
            KeepsToTheStandard(deployment["spec"]!["template"]!["spec"]!);
        }
    }

    private static void KeepsToTheStandard(JsonNode pod)
    {
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
        foreach (var pod in Deployments(objects).Select(d => d["spec"]!["template"]!["spec"]!))
        {
            var container = pod["containers"]![0]!;
            Names(container["volumeMounts"]).ShouldBeSubsetOf(Names(pod["volumes"]));
            foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
            {
                Names(container["ports"]).ShouldContain(container[probe]!["httpGet"]!["port"]!.GetValue<string>());
            }
        }

        foreach (var service in objects.Where(o => o.Kind() == "Service"))
        {
            service["spec"]!["ports"]!.AsArray().Select(p => p!["targetPort"]!.GetValue<string>()).ShouldBeSubsetOf(PortsOf(objects, service["spec"]!["selector"]!));
        }

        foreach (var policy in objects.Where(o => o.Kind() == "NetworkPolicy"))
        {
            policy["spec"]!["ingress"]!.AsArray().SelectMany(r => r!["ports"]!.AsArray()).Select(p => p!["port"]!.GetValue<string>())
                .ShouldBeSubsetOf(PortsOf(objects, policy["spec"]!["podSelector"]!["matchLabels"]!));
        }
    }

    [Theory]
    [EachHelm("Golden")]
    public async Task SelectorsFindThePodsAndSiloPortsAreForReplicasOnly(string helm, string name)
    {
        var objects = await RenderAsync(helm, name);
        objects.Where(o => o.Kind() == "Service").Select(s => s["spec"]!["selector"])
            .Concat(objects.Where(o => o.Kind() is "PodDisruptionBudget").Select(o => o["spec"]!["selector"]!["matchLabels"]))
            .Concat(objects.Where(o => o.Kind() is "NetworkPolicy").Select(o => o["spec"]!["podSelector"]!["matchLabels"]))
            .ShouldAllBe(s => Selected(objects, s!).Any());
        foreach (var deployment in Deployments(objects))
        {
            Selected(objects, deployment["spec"]!["selector"]!["matchLabels"]!).ShouldBe([deployment]);
        }

        foreach (var rule in objects.Where(o => o.Kind() == "NetworkPolicy").SelectMany(p => p["spec"]!["ingress"]!.AsArray()))
        {
            if (rule!["ports"]!.AsArray().Any(p => p!["port"]!.GetValue<string>() is "silo" or "gateway"))
            {
                var peer = rule["from"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
                peer.Select(p => p.Key).ShouldBe(["podSelector"]);
                Selected(objects, peer["podSelector"]!["matchLabels"]!).ShouldBe(Deployments(objects));
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

    private static JsonObject[] Deployments(IEnumerable<JsonObject> objects) => [.. objects.Where(o => o.Kind() == "Deployment")];

    private static IEnumerable<JsonObject> Selected(IEnumerable<JsonObject> objects, JsonNode selector) =>
        Deployments(objects).Where(d => selector.AsObject().All(l => JsonNode.DeepEquals(d["spec"]!["template"]!["metadata"]!["labels"]![l.Key], l.Value)));

    private static string[] PortsOf(IEnumerable<JsonObject> objects, JsonNode selector) =>
        [.. Selected(objects, selector).SelectMany(d => Names(d["spec"]!["template"]!["spec"]!["containers"]![0]!["ports"]))];

    private static string[] Names(JsonNode? list) => [.. list!.AsArray().Select(i => i!["name"]!.GetValue<string>())];
}
