using Wego.Sandbox;

namespace Wego.Conformance;

public sealed class ClusterFileTests
{
    private const string Objects =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: owner, namespace: games}
        data: {a: "1"}
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: owned-x7k2q
          namespace: games
          ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner}]
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: leaving}
        status: {phase: Terminating}
        """;

    [Theory]
    [InlineData("{apiVersion: v1, kind: Secret, metadata: {name: owned-(any), namespace: games}}", true)]
    [InlineData("{apiVersion: v1, kind: Secret, metadata: {name: owned-(any), namespace: default}}", false)]
    [InlineData("{apiVersion: v1, kind: Secret, metadata: {name: owned-(any), namespace: games, ownerReferences: [{name: owner, uid: (any)}]}}", true)]
    [InlineData("{apiVersion: v1, kind: Secret, metadata: {name: owned-(any), namespace: games}, absent: true}", false)]
    [InlineData("{apiVersion: v1, kind: Secret, metadata: {name: other, namespace: games}, absent: true}", true)]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner, namespace: games}, data: {a: '1', b: null}}", true)]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner, namespace: games}, data: {a: '2'}}", false)]
    [InlineData("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner, namespace: games}, data: {a: null}}", false)]
    [InlineData("{apiVersion: v1, kind: Namespace, metadata: {name: leaving}, status: {phase: Terminating}}", true)]
    public async Task Afterwards_is_compared_with_what_was_created(string after, bool holds)
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        ClusterFile.Create(Objects, sandbox.Store);
        (ClusterFile.Differences(after, sandbox.Store).Count == 0).ShouldBe(holds);
    }
}
