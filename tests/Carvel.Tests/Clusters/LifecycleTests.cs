using System.Text.Json.Nodes;
using Google.Protobuf;
using Kubeappsapis.Plugins.KappController.Packages.V1Alpha1;
using Wego.Kubernetes;
using Wego.Plugins;
using Wego.Plugins.Carvel;

namespace Wego.Carvel.Tests;

/// <summary>The way of a user: what is written meets the schemas that Carvel publishes, and what controllers answer is understood.</summary>
public sealed class LifecycleTests
{
    private const string TeamA = "team-a";
    private const string Greeter = "greeter.packages.example.com";
    private static readonly RepositoryRef s_repository = new(CarvelPlugin.PluginId, "default", TeamA, "samples");
    private static readonly InstalledPackageRef s_package = new(CarvelPlugin.PluginId, "default", TeamA, "hello");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_sandbox()
    {
        await using var cluster = await CarvelCluster.StartSandboxAsync();
        await RunAsync(cluster);
    }

    [Fact]
    [Trait(Needs.Trait, Needs.KubeApiServer)]
    public async Task On_a_kube_apiserver()
    {
        await using var cluster = await CarvelCluster.StartKubeApiServerAsync();
        await RunAsync(cluster);
    }

    [Theory]
    [InlineData("imgpkgBundle", "{\"imgpkgBundle\": {\"tagSelection\": {\"semver\": {\"constraints\": \">1.0.0\", \"prereleases\": {\"identifiers\": [\"rc\"]}}}}}")]
    [InlineData("image", "{\"image\": {\"subPath\": \"packages\", \"tagSelection\": {\"semver\": {\"constraints\": \">1.0.0\", \"prereleases\": {}}}}}")]
    [InlineData("git", "{\"git\": {\"ref\": \"main\", \"subPath\": \"packages\", \"lfsSkipSmudge\": true, \"refSelection\": {\"semver\": {\"constraints\": \">1.0.0\"}}}}")]
    [InlineData("http", "{\"http\": {\"subPath\": \"packages\", \"sha256\": \"012345\"}}")]
    public async Task A_repository_of_every_type_is_accepted_and_read_without_loss(string type, string fetch)
    {
        await using var cluster = await CarvelCluster.StartSandboxAsync();
        var custom = JsonParser.Default.Parse<KappControllerPackageRepositoryCustomDetail>(new JsonObject { ["fetch"] = JsonNode.Parse(fetch) }.ToJsonString());
        await cluster.Repositories.AddAsync(
            new AddRepository
            {
                Ref = s_repository,
                Type = type,
                // Nothing is there: what counts is that the object is taken as it is.
                Url = type is "git" or "http" ? "http://127.0.0.1:9/repository" : "127.0.0.1:9/repository",
                NamespaceScoped = true,
                Interval = "12h",
                Description = "Samples",
                Auth = new RepositoryAuth { Type = RepositoryAuthType.BasicAuth, UsernamePassword = new UsernamePassword("anna", "secret-word") },
                CustomDetail = new CustomDetail(KappControllerPackageRepositoryCustomDetail.Descriptor.FullName, [.. custom.ToByteArray()]),
            },
            cluster.Call,
            Cancellation);

        var added = await cluster.GetAsync(CarvelKinds.PackageRepositories, TeamA, "samples");
        var detail = await cluster.Repositories.ReadDetailAsync(s_repository, added, cluster.Call, Cancellation);
        KappControllerPackageRepositoryCustomDetail.Parser.ParseFrom(detail.CustomDetail!.Value.AsSpan()).ShouldBe(custom);
        (detail.Interval, detail.Summary.Type, detail.Summary.Description).ShouldBe(("12h", type, "Samples"));
        detail.Auth!.UsernamePassword!.Password.ShouldBe(RepositoryAuth.Redacted);
    }

    [Fact]
    public async Task Elsewhere_the_caller_may_not_and_nothing_is_left_behind()
    {
        await using var cluster = await CarvelCluster.StartSandboxAsync();
        var request = Install("1.0.0", "greeting: secret-word") with { Ref = s_package with { Namespace = "default" } };
        var refused = await Should.ThrowAsync<KubernetesException>(() => cluster.Packages.CreateAsync(request, cluster.Call, Cancellation));
        refused.Failure.ShouldBe(KubernetesFailure.Forbidden);
        refused.Message.ShouldNotContain("secret-word");
        var secrets = await cluster.Admin.ListAsync(KubernetesIdentity.Service, CarvelKinds.Secrets, "default", new ListOptions(), Cancellation);
        secrets.Items.ShouldNotContain(s => s.Name.StartsWith("hello", StringComparison.Ordinal));
    }

    private static async Task RunAsync(CarvelCluster cluster)
    {
        await cluster.Admin.CreateAsync(
            KubernetesIdentity.Service,
            new GroupVersionResource("", "v1", "serviceaccounts"),
            TeamA,
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["metadata"] = new JsonObject { ["name"] = "installer", ["namespace"] = TeamA } },
            new WriteOptions(),
            Cancellation);
        await cluster.Repositories.AddAsync(
            new AddRepository { Ref = s_repository, Type = "http", Url = new Uri(cluster.Samples.Address, "/packages.tgz").ToString(), NamespaceScoped = true }, cluster.Call, Cancellation);
        var added = await cluster.WaitAsync(CarvelKinds.PackageRepositories, TeamA, "samples", o => cluster.Repositories.ReadRepository("default", o).Status.Ready);
        added.Text("spec", "fetch", "http", "url").ShouldEndWith("/packages.tgz");
        await cluster.WaitAsync(CarvelKinds.Packages, TeamA, all => all.Count == 5);
        var catalogue = await ReadCatalogueAsync(cluster);
        var greeter = catalogue.Single(p => p.Name == Greeter);
        greeter.Versions.Select(v => v.Version).ShouldBe(["2.0.0", "1.1.0", "1.0.0"]);
        var content = await cluster.Repositories.FetchContentAsync(s_repository, added, greeter, "1.1.0", cluster.Service, Cancellation);
        content.DefaultValues.ShouldBe("# greeting: Hello\n# replicas: 1\n");
        content.Readme.ShouldContain("Released at: June 15, 2025");

        await cluster.Packages.CreateAsync(Install("1.0.0", "greeting: Good morning"), cluster.Call, Cancellation);
        var installed = await ReadyAsync(cluster, "1.0.0");
        var detail = await cluster.Packages.ReadDetailAsync(s_package, [installed], cluster.Call, Cancellation);
        detail.ValuesApplied.ShouldBe("\n# values.yaml\ngreeting: Good morning\n");
        detail.Reconciliation.ShouldBe(new ReconciliationOptions("1m30s", false, "installer"));
        cluster.Packages.FindMatching(greeter, detail.Package.VersionSelection)!.Version.ShouldBe("1.0.0");
        if (cluster.RunsWorkloads)
        {
            await InstalledIsShownAsync(cluster, installed, detail);
        }


        await cluster.Packages.UpdateAsync(new UpdateInstalledPackage { Ref = s_package, VersionReference = "1.1.0", Values = "greeting: Good evening" }, cluster.Call, Cancellation);
        var updated = await ReadyAsync(cluster, "1.1.0");
        (await cluster.Packages.ReadDetailAsync(s_package, [updated], cluster.Call, Cancellation)).ValuesApplied.ShouldBe("\n# values.yaml\ngreeting: Good evening\n");
        await cluster.Packages.UpdateAsync(new UpdateInstalledPackage { Ref = s_package, VersionReference = "2.0.0" }, cluster.Call, Cancellation);
        var emptied = await ReadyAsync(cluster, "2.0.0");
        (await cluster.Packages.ReadDetailAsync(s_package, [emptied], cluster.Call, Cancellation)).ValuesApplied.ShouldBeEmpty();
        var secrets = await cluster.Admin.ListAsync(KubernetesIdentity.Service, CarvelKinds.Secrets, TeamA, new ListOptions(), Cancellation);
        secrets.Items.ShouldNotContain(s => s.Name == "hello-team-a-values");

        await cluster.Packages.DeleteAsync(s_package, cluster.Call, Cancellation);
        if (cluster.RunsWorkloads)
        {
            await cluster.WaitAsync(new WatchedKind("", "configmaps", ["v1"]), TeamA, all => all.All(o => o.Name is not ("hello" or "hello.app")));
        }

        await cluster.Repositories.DeleteAsync(s_repository, cluster.Call, Cancellation);
    }

    private static async Task InstalledIsShownAsync(CarvelCluster cluster, KubernetesObject installed, InstalledPackageDetail detail)
    {
        detail.PostInstallationNotes.ShouldNotBeEmpty();
        var resources = await cluster.Packages.ReadResourcesAsync(s_package, [installed], cluster.Call, Cancellation);
        resources.Select(r => $"{r.ApiVersion} {r.Kind} {r.Name}").ShouldBe(["apps/v1 Deployment hello", "v1 ConfigMap hello", "v1 Service hello"]);
    }

    private static CreateInstalledPackage Install(string version, string values) => new()
    {
        Ref = s_package,
        Package = new AvailablePackageRef(s_repository, Greeter),
        VersionReference = version,
        Values = values,
        Reconciliation = new ReconciliationOptions("1m30s", false, "installer"),
    };

    private static async Task<IReadOnlyList<CataloguePackage>> ReadCatalogueAsync(CarvelCluster cluster)
    {
        var objects = new List<KubernetesObject>();
        foreach (var kind in cluster.Repositories.Objects!.Kinds)
        {
            objects.AddRange((await cluster.Admin.ListAsync(KubernetesIdentity.Service, new GroupVersionResource(kind.Group, kind.Versions[0], kind.Resource), null, new ListOptions(), Cancellation)).Items);
        }

        objects.Select(cluster.Repositories.Objects.Read).ShouldAllBe(o => o!.Repository == "samples");
        return CatalogueJson.Build(objects).Packages;
    }

    private static Task<KubernetesObject> ReadyAsync(CarvelCluster cluster, string version) => cluster.WaitAsync(
        CarvelKinds.PackageInstalls,
        TeamA,
        "hello",
        o => cluster.Packages.ReadInstalled("default", o) is { } found && found.CurrentVersion?.Version == version && (found.Status.Ready || !cluster.RunsWorkloads));
}
