using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Packages.V1;
using Wego.Rpc.Client;
using Reason = Kubeappsapis.Core.Packages.V1Alpha1.InstalledPackageStatus.Types.StatusReason;

namespace Wego.EndToEnd;

/// <summary>What a first user does in namespace team-a, from adding a repository to deleting the package.</summary>
internal sealed class Journey(RpcClient client, string token, Uri repository)
{
    /// <param name="name">What repository and package are called.</param>
    public async Task RunAsync(string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;

        var plugins = await CallAsync<GetConfiguredPluginsResponse>(Wire.Plugins("GetConfiguredPlugins"), new GetConfiguredPluginsRequest());
        plugins.Plugins.Select(p => p.Name).ShouldContain("fluxv2.packages");

        await CallAsync<AddPackageRepositoryResponse>(Wire.Repositories("AddPackageRepository"), Wire.Add("team-a", name, repository));

        var names = new List<string>();
        var pageToken = "";
        do
        {
            var page = await CallAsync<GetAvailablePackageSummariesResponse>(Wire.Packages("GetAvailablePackageSummaries"), new GetAvailablePackageSummariesRequest
            {
                Context = Wire.In("team-a"),
                FilterOptions = new FilterOptions { Repositories = { name } },
                PaginationOptions = new PaginationOptions { PageSize = 2, PageToken = pageToken },
            });
            names.AddRange(page.AvailablePackageSummaries.Select(p => p.Name));
            pageToken = page.NextPageToken;
        }
        while (pageToken.Length > 0);
        names.ShouldBe(["counter", "hello-web", "nightly-report"]);

        var package = Wire.Available("team-a", $"{name}/hello-web");
        var detail = await CallAsync<GetAvailablePackageDetailResponse>(Wire.Packages("GetAvailablePackageDetail"), new GetAvailablePackageDetailRequest { AvailablePackageRef = package });
        detail.AvailablePackageDetail.Version.PkgVersion.ShouldBe("2.0.0");
        detail.AvailablePackageDetail.Readme.ShouldStartWith("# hello-web");
        detail.AvailablePackageDetail.DefaultValues.ShouldContain("greeting: Hello");
        detail.AvailablePackageDetail.ValuesSchema.ShouldContain("\"replicas\"");

        var versions = await CallAsync<GetAvailablePackageVersionsResponse>(Wire.Packages("GetAvailablePackageVersions"), new GetAvailablePackageVersionsRequest { AvailablePackageRef = package });
        versions.PackageAppVersions.Select(v => v.PkgVersion).ShouldBe(["2.0.0", "1.1.0", "1.0.0"]);

        await CallAsync<CreateInstalledPackageResponse>(Wire.Packages("CreateInstalledPackage"), new CreateInstalledPackageRequest
        {
            AvailablePackageRef = package,
            TargetContext = Wire.In("team-a"),
            Name = name,
            PkgVersionReference = new VersionReference { Version = "1.0.0" },
            Values = "replicas: 2\n",
        });

        var installed = Wire.Installed("team-a", name);
        await WaitUntilAsync(name, p => p.Status.Reason == Reason.Installed && p.CurrentVersion.PkgVersion == "1.0.0", cancellationToken);
        await ResourcesArriveAsync(installed, cancellationToken);

        var ready = await CallAsync<GetInstalledPackageDetailResponse>(Wire.Packages("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = installed });
        ready.InstalledPackageDetail.Status.Ready.ShouldBeTrue();
        ready.InstalledPackageDetail.ValuesApplied.ShouldBe("""{"replicas":2}""");
        ready.InstalledPackageDetail.LatestVersion.PkgVersion.ShouldBe("2.0.0");
        ready.InstalledPackageDetail.PostInstallationNotes.ShouldContain("says \"Hello\"");

        await CallAsync<UpdateInstalledPackageResponse>(Wire.Packages("UpdateInstalledPackage"), new UpdateInstalledPackageRequest
        {
            InstalledPackageRef = installed,
            PkgVersionReference = new VersionReference { Version = "2.0.0" },
            Values = "replicas: 3\n",
        });
        await WaitUntilAsync(name, p => p.Status.Reason == Reason.Installed && p.CurrentVersion.PkgVersion == "2.0.0", cancellationToken);

        await CallAsync<DeleteInstalledPackageResponse>(Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = installed });
        await WaitUntilGoneAsync(name, cancellationToken);
        await CallAsync<DeletePackageRepositoryResponse>(Wire.Repositories("DeletePackageRepository"), new DeletePackageRepositoryRequest { PackageRepoRef = Wire.Repository("team-a", name) });
        var repositories = await CallAsync<GetPackageRepositorySummariesResponse>(Wire.Repositories("GetPackageRepositorySummaries"), new GetPackageRepositorySummariesRequest { Context = Wire.In("team-a") });
        repositories.PackageRepositorySummaries.ShouldNotContain(r => r.Name == name);
    }

    private async Task<TResponse> CallAsync<TResponse>(MethodDescriptor method, IMessage request)
        where TResponse : class, IMessage<TResponse> =>
        await client.CallAsync<TResponse>(method, request, new RpcCallOptions { BearerToken = token, Timeout = TimeSpan.FromSeconds(60) }, TestContext.Current.CancellationToken);

    private async Task WaitUntilAsync(string name, Func<InstalledPackageSummary, bool> reached, CancellationToken cancellationToken)
    {
        await foreach (var change in WatchAsync(name, cancellationToken))
        {
            if (change.Type == WatchInstalledPackagesResponse.Types.Type.Present && reached(change.InstalledPackageSummary))
            {
                return;
            }
        }
    }

    private async Task WaitUntilGoneAsync(string name, CancellationToken cancellationToken)
    {
        var present = false;
        await foreach (var change in WatchAsync(name, cancellationToken))
        {
            present |= change.Type == WatchInstalledPackagesResponse.Types.Type.Present;
            if (change.Type == WatchInstalledPackagesResponse.Types.Type.Deleted || (change.Type == WatchInstalledPackagesResponse.Types.Type.Synced && !present))
            {
                return;
            }
        }
    }

    private IAsyncEnumerable<WatchInstalledPackagesResponse> WatchAsync(string name, CancellationToken cancellationToken) =>
        client.StreamAsync<WatchInstalledPackagesResponse>(
            Wire.Events("WatchInstalledPackages"),
            new WatchInstalledPackagesRequest { Context = Wire.In("team-a"), Name = name },
            new RpcCallOptions { BearerToken = token, Timeout = TimeSpan.FromSeconds(60) },
            cancellationToken);

    private async Task ResourcesArriveAsync(InstalledPackageReference installed, CancellationToken cancellationToken)
    {
        var refs = await CallAsync<GetInstalledPackageResourceRefsResponse>(Wire.Packages("GetInstalledPackageResourceRefs"), new GetInstalledPackageResourceRefsRequest { InstalledPackageRef = installed });
        refs.ResourceRefs.Select(r => r.Kind).Order(StringComparer.Ordinal).ShouldBe(["ConfigMap", "Deployment", "Service"]);
        var request = new GetResourcesRequest { InstalledPackageRef = installed, Watch = true };
        request.ResourceRefs.Add(refs.ResourceRefs);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var stream = client.StreamAsync<GetResourcesResponse>(
            Wire.Resources("GetResources"), request, new RpcCallOptions { BearerToken = token, Timeout = TimeSpan.FromSeconds(60) }, cancellationToken);
        await foreach (var state in stream)
        {
            seen.Add(state.ResourceRef.Kind);
            if (seen.Count == 3)
            {
                return;
            }
        }
    }
}
