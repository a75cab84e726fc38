using System.Text.Json;
using Wego.Kubernetes;
using Wego.Sandbox.Controllers;

namespace Wego.Sandbox.Tests.Controllers;

/// <summary>What is asked for runs, and says so in the way in which tools that wait look for it.</summary>
public sealed class WorkloadTests
{
    private static readonly GroupVersionResource s_deployments = new("apps", "v1", "deployments");
    private static readonly GroupVersionResource s_replicaSets = new("apps", "v1", "replicasets");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_runs_by_one_ReplicaSet_with_its_template()
    {
        using var log = new TestLog();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { LoggerFactory = log }, Cancellation);
        using var client = Client(server, log);
        await using var controllers = await StartAsync(client, log);
        server.Store.CreateYaml(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: team-a}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1"}]}}
            """);
        var deployment = await WaitAsync(server, s_deployments, "web", o => IsTrue(o, "Available") && IsTrue(o, "Progressing"));
        deployment.Find("status", "readyReplicas").GetInt32().ShouldBe(2);
        var first = server.Store.List(s_replicaSets, "team-a").Single();
        first.Find("spec", "template", "spec", "containers")[0].GetProperty("image").GetString().ShouldBe("web:1");
        first.Label("pod-template-hash").ShouldNotBeNull();

        server.Store.Update(s_deployments, "team-a", "web", b => b["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "web:2");
        await WaitAsync(server, s_deployments, "web", o => o.Find("status", "observedGeneration").GetInt64() == 2);
        var second = server.Store.List(s_replicaSets, "team-a").Single();
        second.Name.ShouldNotBe(first.Name);
        second.Find("spec", "template", "spec", "containers")[0].GetProperty("image").GetString().ShouldBe("web:2");

        server.Store.Delete(s_deployments, "team-a", "web");
        server.Store.List(s_replicaSets, "team-a").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("apps", "statefulsets", "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: x, namespace: team-a}, spec: {serviceName: x, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}}", "currentReplicas", "1")]
    [InlineData("apps", "daemonsets", "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: x, namespace: team-a}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}}", "updatedNumberScheduled", "1")]
    [InlineData("batch", "jobs", "{apiVersion: batch/v1, kind: Job, metadata: {name: x, namespace: team-a}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}", "succeeded", "1")]
    [InlineData("", "pods", "{apiVersion: v1, kind: Pod, metadata: {name: x, namespace: team-a}, spec: {containers: [{name: a, image: a}]}}", "phase", "\"Running\"")]
    [InlineData("", "pods", "{apiVersion: v1, kind: Pod, metadata: {name: x, namespace: team-a}, spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}", "phase", "\"Succeeded\"")]
    [InlineData("", "persistentvolumeclaims", "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: x, namespace: team-a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}", "phase", "\"Bound\"")]
    public async Task Other_kinds_run_or_end(string group, string plural, string manifest, string field, string value)
    {
        using var log = new TestLog();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { LoggerFactory = log }, Cancellation);
        using var client = Client(server, log);
        await using var controllers = await StartAsync(client, log);

        server.Store.CreateYaml(manifest);

        await WaitAsync(server, new GroupVersionResource(group, "v1", plural), "x", o => o.Find("status", field) is { ValueKind: not JsonValueKind.Undefined } found && found.GetRawText() == value);
    }

    private static bool IsTrue(KubernetesObject obj, string condition) =>
        obj.Find("status", "conditions") is { ValueKind: JsonValueKind.Array } conditions
        && conditions.EnumerateArray().Any(c => c.GetProperty("type").GetString() == condition && c.GetProperty("status").GetString() == "True");

    private static KubernetesClient Client(SandboxServer server, TestLog log) => new(
        new ClusterConfiguration(server.Address) { User = new UserConfiguration { Token = SandboxTokens.Admin } }, new KubernetesClientOptions { Qps = 0 }, TimeProvider.System, log);

    private static Task<SandboxControllers> StartAsync(KubernetesClient client, TestLog log) => SandboxControllers.StartAsync(
        client, new SandboxControllersOptions { Startup = TimeSpan.FromMilliseconds(1), Poll = TimeSpan.FromMilliseconds(1) }, TimeProvider.System, log, Cancellation);

    private static async Task<KubernetesObject> WaitAsync(SandboxServer server, GroupVersionResource resource, string name, Func<KubernetesObject, bool> condition)
    {
        await foreach (var (_, obj) in server.Store.WatchAsync(resource, Cancellation))
        {
            if (obj.Name == name && condition(obj))
            {
                return obj;
            }
        }

        throw new InvalidOperationException("The watch ended.");
    }
}
