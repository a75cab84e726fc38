using Wego.Plugins;
using Wego.Plugins.Helm;

namespace Wego.Helm.Tests.Operations;

/// <summary>The repository's pull secrets in the pods that Helm renders, in Helm 3 and 4.</summary>
public sealed class PullSecretTests(TestClusters clusters)
{
    private const string Deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{ .Release.Name }}
        spec:
          replicas: 0
          selector: {matchLabels: {app: {{ .Release.Name }}}}
          template:
            metadata: {labels: {app: {{ .Release.Name }}}}
            spec:
              containers:
              - {name: web, image: "registry.example.com/web:1", ports: [{containerPort: 80, protocol: TCP}]}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [EachHelm]
    public async Task Pods_name_the_secrets_of_their_registries(string server, string helm)
    {
        using var scenario = await ScenarioAsync(server, helm, Deployment);

        await scenario.CreateAsync("1.0.0");
        (await SecretsAsync(scenario)).ShouldBe("pullsecret-charts");
        await scenario.UpdateAsync("1.0.0", "text: changed");
        (await SecretsAsync(scenario)).ShouldBe("pullsecret-charts");
        await scenario.RollbackAsync(1);

        (await SecretsAsync(scenario)).ShouldBe("pullsecret-charts");
        (await scenario.DetailAsync()).ValuesApplied.ShouldBe("{}");
        (await scenario.FindAsync("", "v1", "configmaps", scenario.Package.Name)).ShouldNotBeNull();
        await scenario.DeleteAsync();
    }

    [Theory]
    [EachHelm(OnSandboxOnly = true)]
    public async Task What_cannot_be_rendered_anew_is_refused_with_the_reason(string server, string helm)
    {
        // Deeper than what is read; the same would be no problem to Helm.
        var deep = string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60));
        using var scenario = await ScenarioAsync(server, helm, $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: deep}}\nx: {deep}\n");

        var refused = await Should.ThrowAsync<PackageException>(() => scenario.CreateAsync("1.0.0"));

        refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
        refused.Message.ShouldContain("levels deep", customMessage: refused.Message);
        (await scenario.ObjectsAsync()).ShouldBeEmpty();
    }

    private static async Task<string> SecretsAsync(HelmScenario scenario)
    {
        var deployment = (await scenario.FindAsync("apps", "v1", "deployments", scenario.Package.Name))!;
        return string.Join(',', deployment.Find("spec", "template", "spec", "imagePullSecrets").Items().Select(s => s.Text("name")));
    }

    private async Task<HelmScenario> ScenarioAsync(string server, string helm, string template)
    {
        var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), helm);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0", ("demo/templates/more.yaml", template));
        scenario.Archives.PullSecrets = [new ImagePullSecret("pullsecret-charts", ["https://registry.example.com/v2/"]), new ImagePullSecret("other", ["example.org"])];
        return scenario;
    }
}
