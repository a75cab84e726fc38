using Wego.Plugins;

namespace Wego.Helm.Tests.Previews;

/// <summary>What operations would change, told by the real Helm.</summary>
public sealed class PreviewTests(TestClusters clusters)
{
    private const string Secret =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: {{ .Release.Name }}}
        stringData: {password: {{ .Values.text | quote }}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [EachHelm]
    public async Task Each_operation_tells_what_it_would_change_and_changes_nothing(string server, string helm)
    {
        using var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), helm);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0", ("demo/templates/secret.yaml", Secret));
        scenario.Archives.Charts["1.1.0"] = TestChart.Create("1.1.0", ("demo/templates/secret.yaml", Secret));
        scenario.Archives.Charts["2.0.0"] = TestChart.Create("2.0.0");

        var create = await PreviewAsync(scenario, PackageOperation.Create, "1.0.0", "text: hush-hush");
        create.Changes.Select(c => (c.Resource.Kind, c.Type)).ShouldBe([("Secret", ResourceChangeType.Added), ("ConfigMap", ResourceChangeType.Added)], ignoreOrder: true);
        create.Manifest.ShouldContain("kind: Secret");
        create.Manifest.ShouldContain("password: REDACTED");
        create.Notes.ShouldContain("Have fun");
        (await scenario.ObjectsAsync()).ShouldBeEmpty();

        await scenario.CreateAsync("1.0.0", "text: hush-hush");
        var update = await PreviewAsync(scenario, PackageOperation.Update, "1.1.0", "text: hush-hush-hush");
        update.Changes.ShouldAllBe(c => c.Type == ResourceChangeType.Changed);
        update.Changes.Single(c => c.Resource.Kind == "ConfigMap").Diff.ShouldContain("\n-  version: \"1.0.0\"\n");
        var secret = update.Changes.Single(c => c.Resource.Kind == "Secret").Diff;
        secret.ShouldContain("\n-  password: \"REDACTED (before)\"\n+  password: \"REDACTED (after)\"\n");
        secret.ShouldNotContain("hush");
        (await scenario.InstalledAsync())!.Revision.ShouldBe(1);

        await scenario.UpdateAsync("2.0.0");
        var rollback = await PreviewAsync(scenario, PackageOperation.Rollback);
        rollback.Changes.Single(c => c.Resource.Kind == "Secret").Type.ShouldBe(ResourceChangeType.Added);
        rollback.Manifest.ShouldContain("password: REDACTED");
        (await Should.ThrowAsync<PackageException>(() => PreviewAsync(scenario, PackageOperation.Rollback, revision: 9))).Code.ShouldBe(PackageErrorCode.NotFound);

        var delete = await PreviewAsync(scenario, PackageOperation.Delete);
        delete.Manifest.ShouldBeEmpty();
        delete.Changes.ShouldHaveSingleItem().Type.ShouldBe(ResourceChangeType.Removed);
        (await scenario.InstalledAsync())!.Revision.ShouldBe(2);
        await scenario.DeleteAsync();
    }

    [Theory]
    [EachHelm(OnSandboxOnly = true)]
    public async Task Previews_are_refused_as_their_operations_are(string server, string helm)
    {
        using var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), helm);
        scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0", ("demo/templates/needs.yaml", "# {{ required \"who is needed\" .Values.who }}"));

        (await Should.ThrowAsync<PackageException>(() => PreviewAsync(scenario, PackageOperation.Create, "1.0.0"))).Code.ShouldBe(PackageErrorCode.InvalidArgument);
        (await Should.ThrowAsync<PackageException>(() => PreviewAsync(scenario, PackageOperation.Update, "1.0.0"))).Code.ShouldBe(PackageErrorCode.NotFound);
        (await Should.ThrowAsync<PackageException>(() => PreviewAsync(scenario, PackageOperation.Delete))).Code.ShouldBe(PackageErrorCode.NotFound);
    }

    private static Task<PackagePreview> PreviewAsync(HelmScenario scenario, PackageOperation operation, string version = "", string values = "", long revision = 0) =>
        scenario.Format.PreviewAsync(
            new PackagePreviewRequest
            {
                Operation = operation,
                Ref = scenario.Package,
                Archive = version.Length == 0 ? null : scenario.Archive(version),
                Values = values,
                Revision = revision,
            },
            scenario.TeamA,
            Cancellation);
}
