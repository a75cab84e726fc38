using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Packages.V1;
using Wego.Sandbox;
using EventType = Wego.Packages.V1.WatchInstalledPackagesResponse.Types.Type;

namespace Wego.EndToEnd;

/// <summary>The main path over gRPC-Web, binary.</summary>
public sealed class GrpcWebJourneyTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    private const string Name = "web-journey";

    [Fact]
    public async Task FromAddingARepositoryToDeletingThePackage()
    {
        using var client = new GrpcWebClient(wego.Address, SandboxTokens.TeamA);
        (await CallAsync<GetConfiguredPluginsResponse>(client, Wire.Plugins("GetConfiguredPlugins"), new GetConfiguredPluginsRequest())).Plugins.Select(p => p.Name).ShouldContain("fluxv2.packages");
        await CallAsync<AddPackageRepositoryResponse>(client, Wire.Repositories("AddPackageRepository"), Wire.Add("team-a", Name, wego.SampleRepository));
        var catalogue = await CallAsync<GetAvailablePackageSummariesResponse>(client, Wire.Packages("GetAvailablePackageSummaries"), new GetAvailablePackageSummariesRequest { Context = Wire.In("team-a") });
        catalogue.AvailablePackageSummaries.Select(p => p.Name).ShouldBe(["counter", "hello-web", "nightly-report"]);

        var package = Wire.Available("team-a", $"{Name}/hello-web");
        var detail = await CallAsync<GetAvailablePackageDetailResponse>(client, Wire.Packages("GetAvailablePackageDetail"), new GetAvailablePackageDetailRequest { AvailablePackageRef = package });
        detail.AvailablePackageDetail.Readme.ShouldStartWith("# hello-web");
        var versions = await CallAsync<GetAvailablePackageVersionsResponse>(client, Wire.Packages("GetAvailablePackageVersions"), new GetAvailablePackageVersionsRequest { AvailablePackageRef = package });
        versions.PackageAppVersions.Count.ShouldBe(3);

        await CallAsync<CreateInstalledPackageResponse>(client, Wire.Packages("CreateInstalledPackage"), new CreateInstalledPackageRequest
        {
            AvailablePackageRef = package,
            TargetContext = Wire.In("team-a"),
            Name = Name,
            PkgVersionReference = new VersionReference { Version = "1.0.0" },
        });
        await UntilAsync(client, c => c.Type == EventType.Present && c.InstalledPackageSummary is { Status.Ready: true, CurrentVersion.PkgVersion: "1.0.0" });
        await ResourcesArriveAsync(client);

        await CallAsync<UpdateInstalledPackageResponse>(client, Wire.Packages("UpdateInstalledPackage"), new UpdateInstalledPackageRequest
        {
            InstalledPackageRef = Wire.Installed("team-a", Name),
            PkgVersionReference = new VersionReference { Version = "2.0.0" },
        });
        await UntilAsync(client, c => c.Type == EventType.Present && c.InstalledPackageSummary is { Status.Ready: true, CurrentVersion.PkgVersion: "2.0.0" });
        await CallAsync<DeleteInstalledPackageResponse>(client, Wire.Packages("DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = Wire.Installed("team-a", Name) });
        var present = false;
        await UntilAsync(client, c =>
        {
            present |= c.Type == EventType.Present;
            return c.Type == EventType.Deleted || (c.Type == EventType.Synced && !present);
        });
    }

    private static Task<TResponse> CallAsync<TResponse>(GrpcWebClient client, MethodDescriptor method, IMessage request)
        where TResponse : class, IMessage<TResponse> =>
        client.CallAsync<TResponse>(method, request, TestContext.Current.CancellationToken);

    private static async Task UntilAsync(GrpcWebClient client, Func<WatchInstalledPackagesResponse, bool> reached)
    {
        var request = new WatchInstalledPackagesRequest { Context = Wire.In("team-a"), Name = Name };
        await foreach (var change in client.StreamAsync<WatchInstalledPackagesResponse>(Wire.Events("WatchInstalledPackages"), request, TestContext.Current.CancellationToken))
        {
            if (reached(change))
            {
                return;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }

    private static async Task ResourcesArriveAsync(GrpcWebClient client)
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        var request = new GetResourcesRequest { InstalledPackageRef = Wire.Installed("team-a", Name), Watch = true };
        await foreach (var state in client.StreamAsync<GetResourcesResponse>(Wire.Resources("GetResources"), request, TestContext.Current.CancellationToken))
        {
            if (kinds.Add(state.ResourceRef.Kind) && kinds.SetEquals(["ConfigMap", "Deployment", "Service"]))
            {
                return;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
