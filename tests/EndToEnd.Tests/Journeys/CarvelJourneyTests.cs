using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Plugins.KappController.Packages.V1Alpha1;
using Microsoft.Extensions.Logging.Abstractions;
using Wego.Kubernetes;
using Wego.Rpc;
using Wego.Sandbox;
using Reason = Kubeappsapis.Core.Packages.V1Alpha1.InstalledPackageStatus.Types.StatusReason;

namespace Wego.EndToEnd;

/// <summary>What users of Carvel do, on the plugin's own services, with the sandbox's stand-ins for kapp-controller.</summary>
public sealed class CarvelJourneyTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    private const string Global = "kapp-controller-packaging-global";
    private const string Greeter = "greeter.packages.example.com";
    private static readonly ServiceDescriptor Packages = KappControllerReflection.Descriptor.Services.Single(s => s.Name == "KappControllerPackagesService");
    private static readonly ServiceDescriptor Repositories = KappControllerReflection.Descriptor.Services.Single(s => s.Name == "KappControllerRepositoriesService");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FromAddingARepositoryToDeletingThePackage()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        var repository = new PackageRepositoryReference { Context = Wire.In("team-a"), Identifier = "samples" };
        await user.CallAsync<AddPackageRepositoryResponse>(Method(Repositories, "AddPackageRepository"), Add("team-a", "samples", namespaceScoped: true));
        var page = await UntilAsync(() => SummariesAsync(user, "team-a", "samples"), p => p.AvailablePackageSummaries.Count == 2);
        var summary = page.AvailablePackageSummaries[0];
        summary.Name.ShouldBe(Greeter);
        summary.LatestVersion.PkgVersion.ShouldBe("2.0.0");
        summary.AvailablePackageRef.Identifier.ShouldBe($"samples/{Greeter}");
        page.Categories.ShouldNotBeEmpty();

        var available = summary.AvailablePackageRef;
        var detail = (await user.CallAsync<GetAvailablePackageDetailResponse>(
            Method(Packages, "GetAvailablePackageDetail"), new GetAvailablePackageDetailRequest { AvailablePackageRef = available, PkgVersion = "1.1.0" })).AvailablePackageDetail;
        detail.Version.AppVersion.ShouldBe("1.1.0");
        detail.Readme.ShouldContain("Released at: June 15, 2025");
        detail.DefaultValues.ShouldBe("# greeting: Hello\n# replicas: 1\n");
        detail.ValuesSchema.ShouldStartWith("{");
        detail.LongDescription.ShouldNotBeEmpty();
        var versions = await user.CallAsync<GetAvailablePackageVersionsResponse>(
            Method(Packages, "GetAvailablePackageVersions"), new GetAvailablePackageVersionsRequest { AvailablePackageRef = available });
        versions.PackageAppVersions.Select(v => v.PkgVersion).ShouldBe(["2.0.0", "1.1.0", "1.0.0"]);

        var installed = (await user.CallAsync<CreateInstalledPackageResponse>(Method(Packages, "CreateInstalledPackage"), new CreateInstalledPackageRequest
        {
            // The cluster is left out, as the original could not bear.
            AvailablePackageRef = new AvailablePackageReference { Context = new Context { Namespace = "team-a" }, Identifier = available.Identifier },
            TargetContext = Wire.In("team-a"),
            Name = "hello",
            PkgVersionReference = new VersionReference { Version = "1.0.0" },
            Values = "greeting: Good morning\n",
            ReconciliationOptions = new ReconciliationOptions { ServiceAccountName = "default", Interval = "1m30s" },
        })).InstalledPackageRef;
        await user.UntilAsync("team-a", "hello", p => p.Status.Reason == Reason.Installed && p.CurrentVersion?.PkgVersion == "1.0.0");
        var listed = (await InstalledAsync(user)).Single(p => p.Name == "hello");
        listed.PkgDisplayName.ShouldNotBeEmpty();
        listed.LatestVersion.PkgVersion.ShouldBe("2.0.0");
        listed.LatestMatchingVersion.PkgVersion.ShouldBe("1.0.0");
        listed.Status.UserReason.ShouldBe("Deployed");

        var ready = await DetailAsync(user, installed);
        ready.ValuesApplied.ShouldBe("\n# values.yaml\ngreeting: Good morning\n\n");
        ready.AvailablePackageRef.Identifier.ShouldBe($"samples/{Greeter}");
        (ready.ReconciliationOptions.ServiceAccountName, ready.ReconciliationOptions.Interval, ready.ReconciliationOptions.Suspend).ShouldBe(("default", "1m30s", false));
        ready.PostInstallationNotes.ShouldStartWith("#### Deploy");
        var refs = await user.CallAsync<GetInstalledPackageResourceRefsResponse>(
            Method(Packages, "GetInstalledPackageResourceRefs"), new GetInstalledPackageResourceRefsRequest { InstalledPackageRef = installed });
        refs.ResourceRefs.Select(r => $"{r.Kind}/{r.Name}").ShouldBe(["Deployment/hello", "ConfigMap/hello", "Service/hello"]);

        await user.CallAsync<UpdateInstalledPackageResponse>(Method(Packages, "UpdateInstalledPackage"), new UpdateInstalledPackageRequest
        {
            InstalledPackageRef = installed,
            PkgVersionReference = new VersionReference { Version = "2.0.0" },
        });
        await user.UntilAsync("team-a", "hello", p => p.Status.Reason == Reason.Installed && p.CurrentVersion.PkgVersion == "2.0.0");
        (await DetailAsync(user, installed)).ValuesApplied.ShouldBeEmpty();

        await user.CallAsync<DeleteInstalledPackageResponse>(Method(Packages, "DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = installed });
        await user.CallAsync<DeletePackageRepositoryResponse>(Method(Repositories, "DeletePackageRepository"), new DeletePackageRepositoryRequest { PackageRepoRef = repository });
        (await user.FailAsync(Method(Repositories, "GetPackageRepositoryDetail"), new GetPackageRepositoryDetailRequest { PackageRepoRef = repository })).Code.ShouldBe(RpcStatusCode.NotFound);
    }

    [Fact]
    public async Task ARepositoryIsReadAndChangedWithoutLoss()
    {
        using var user = wego.User(SandboxTokens.TeamA);
        var add = Add("team-a", "detailed", namespaceScoped: true);
        var custom = new KappControllerPackageRepositoryCustomDetail { Fetch = new PackageRepositoryFetch { Http = new PackageRepositoryHttp { SubPath = "packages" } } };
        // As the dashboard of Kubeapps sends it, without a slash before the type.
        add.CustomDetail = new Any { TypeUrl = KappControllerPackageRepositoryCustomDetail.Descriptor.FullName, Value = Google.Protobuf.MessageExtensions.ToByteString(custom) };
        add.Description = "first";
        add.Interval = "10m";
        var reference = (await user.CallAsync<AddPackageRepositoryResponse>(Method(Repositories, "AddPackageRepository"), add)).PackageRepoRef;
        var detail = await RepositoryAsync(user, reference, d => d.Status is { Reason: not PackageRepositoryStatus.Types.StatusReason.Pending and not PackageRepositoryStatus.Types.StatusReason.Unspecified });
        (detail.Type, detail.Description, detail.Interval, detail.NamespaceScoped).ShouldBe(("http", "first", "10m", true));
        detail.CustomDetail.Unpack<KappControllerPackageRepositoryCustomDetail>().ShouldBe(custom);

        await user.CallAsync<UpdatePackageRepositoryResponse>(Method(Repositories, "UpdatePackageRepository"), new UpdatePackageRepositoryRequest
        {
            PackageRepoRef = reference,
            Url = detail.Url,
            Description = "second",
            Interval = detail.Interval,
            CustomDetail = detail.CustomDetail,
        });
        var changed = await RepositoryAsync(user, reference, d => d.Description == "second");
        changed.CustomDetail.Unpack<KappControllerPackageRepositoryCustomDetail>().ShouldBe(custom);
        var permissions = await user.CallAsync<GetPackageRepositoryPermissionsResponse>(
            Method(Repositories, "GetPackageRepositoryPermissions"), new GetPackageRepositoryPermissionsRequest { Context = Wire.In("team-a") });
        permissions.Permissions.Single().Namespace["create"].ShouldBeTrue();
        permissions.Permissions.Single().Global["create"].ShouldBeFalse();
        await user.CallAsync<DeletePackageRepositoryResponse>(Method(Repositories, "DeletePackageRepository"), new DeletePackageRepositoryRequest { PackageRepoRef = reference });
    }

    [Fact]
    public async Task GlobalPackagesAreForEverybodyOnceAndThoseWithoutRepositoryAreThere()
    {
        await CreateAsync(Global, "shared.example.com", "Shared", repository: $"{Global}/bundle");
        await CreateAsync("team-a", "own.example.com", "Own", repository: null);
        await CreateAsync("team-b", "theirs.example.com", "Theirs", repository: null);
        using var user = wego.User(SandboxTokens.TeamA);
        var page = await UntilAsync(
            () => SummariesAsync(user, "team-a"),
            p => p.AvailablePackageSummaries.Any(s => s.Name == "shared.example.com") && p.AvailablePackageSummaries.Any(s => s.Name == "own.example.com"));
        page.AvailablePackageSummaries.Select(p => (p.AvailablePackageRef.Context.Namespace, p.AvailablePackageRef.Identifier)).Where(p => p.Identifier.EndsWith(".example.com", StringComparison.Ordinal) && !p.Identifier.Contains("packages."))
            .ShouldBe([("team-a", "unknown/own.example.com"), (Global, "bundle/shared.example.com")], ignoreOrder: true);

        // The repository in a reference may be out of date, and the namespace that of the user.
        var detail = (await user.CallAsync<GetAvailablePackageDetailResponse>(Method(Packages, "GetAvailablePackageDetail"), new GetAvailablePackageDetailRequest
        {
            AvailablePackageRef = new AvailablePackageReference { Context = Wire.In("team-a"), Identifier = "unknown/shared.example.com" },
        })).AvailablePackageDetail;
        detail.AvailablePackageRef.Context.Namespace.ShouldBe(Global);
        detail.AvailablePackageRef.Identifier.ShouldBe("bundle/shared.example.com");

        // Nothing of a namespace whose packages the caller may not list, by whatever reference.
        (await SummariesAsync(user, "")).AvailablePackageSummaries.ShouldNotContain(p => p.Name == "theirs.example.com");
        var refused = await user.FailAsync(Method(Packages, "GetAvailablePackageDetail"), new GetAvailablePackageDetailRequest
        {
            AvailablePackageRef = new AvailablePackageReference { Context = Wire.In("team-b"), Identifier = "unknown/theirs.example.com" },
        });
        refused.Code.ShouldBe(RpcStatusCode.PermissionDenied);

        // What is implied is no repository to be managed.
        using var viewer = wego.User(SandboxTokens.Viewer);
        var repositories = await viewer.CallAsync<GetPackageRepositorySummariesResponse>(Method(Repositories, "GetPackageRepositorySummaries"), new GetPackageRepositorySummariesRequest { Context = Wire.In("") });
        repositories.PackageRepositorySummaries.ShouldNotContain(r => r.Name == "unknown" || r.Name == "bundle");
    }

    private static MethodDescriptor Method(ServiceDescriptor service, string name) => service.FindMethodByName(name);

    private AddPackageRepositoryRequest Add(string ns, string name, bool namespaceScoped) => new()
    {
        Context = Wire.In(ns),
        Name = name,
        Type = "http",
        Url = new Uri(wego.SampleRepository, "/packages.tgz").ToString(),
        NamespaceScoped = namespaceScoped,
    };

    private static Task<GetAvailablePackageSummariesResponse> SummariesAsync(User user, string ns, params string[] repositories) =>
        user.CallAsync<GetAvailablePackageSummariesResponse>(Method(Packages, "GetAvailablePackageSummaries"), new GetAvailablePackageSummariesRequest
        {
            Context = Wire.In(ns),
            FilterOptions = new FilterOptions { Repositories = { repositories } },
        });

    private static async Task<IEnumerable<InstalledPackageSummary>> InstalledAsync(User user) =>
        (await user.CallAsync<GetInstalledPackageSummariesResponse>(
            Method(Packages, "GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") })).InstalledPackageSummaries;

    private static async Task<InstalledPackageDetail> DetailAsync(User user, InstalledPackageReference package) =>
        (await user.CallAsync<GetInstalledPackageDetailResponse>(
            Method(Packages, "GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = package })).InstalledPackageDetail;

    private static Task<PackageRepositoryDetail> RepositoryAsync(User user, PackageRepositoryReference reference, Func<PackageRepositoryDetail, bool> reached) => UntilAsync(
        async () => (await user.CallAsync<GetPackageRepositoryDetailResponse>(
            Method(Repositories, "GetPackageRepositoryDetail"), new GetPackageRepositoryDetailRequest { PackageRepoRef = reference })).Detail,
        reached);

    // Nothing tells when a catalogue shows what the cluster has; asking again does, and ends with the test's time.
    private static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> reached)
    {
        while (true)
        {
            if (await ask() is var answer && reached(answer))
            {
                return answer;
            }

            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task CreateAsync(string ns, string name, string title, string? repository)
    {
        using var admin = new KubernetesClient(
            new ClusterConfiguration(wego.Cluster.Address) { User = new UserConfiguration { Token = SandboxTokens.Admin } }, new KubernetesClientOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        var annotations = repository is null ? [] : new JsonObject { ["packaging.carvel.dev/package-repository-ref"] = repository };
        await EnsureAsync(admin, ns);
        await CreateAsync(admin, ns, "PackageMetadata", "packagemetadatas", name, annotations, new JsonObject { ["displayName"] = title });
        await CreateAsync(admin, ns, "Package", "packages", $"{name}.1.0.0", annotations, new JsonObject
        {
            ["refName"] = name,
            ["version"] = "1.0.0",
            ["template"] = new JsonObject { ["spec"] = new JsonObject { ["fetch"] = new JsonArray(), ["template"] = new JsonArray(), ["deploy"] = new JsonArray() } },
        });
    }

    private static async Task EnsureAsync(KubernetesClient admin, string ns)
    {
        try
        {
            await admin.CreateAsync(
                KubernetesIdentity.Service,
                new GroupVersionResource("", "v1", "namespaces"),
                null,
                new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = ns } },
                new WriteOptions(),
                Cancellation);
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.AlreadyExists)
        {
            // As wanted.
        }
    }

    private static Task CreateAsync(KubernetesClient admin, string ns, string kind, string resource, string name, JsonObject annotations, JsonObject spec) => admin.CreateAsync(
        KubernetesIdentity.Service,
        new GroupVersionResource("data.packaging.carvel.dev", "v1alpha1", resource),
        ns,
        new JsonObject
        {
            ["apiVersion"] = "data.packaging.carvel.dev/v1alpha1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns, ["annotations"] = annotations.DeepClone() },
            ["spec"] = spec,
        },
        new WriteOptions(),
        Cancellation);
}
