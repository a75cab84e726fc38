using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.EndToEnd.Formats;

/// <summary>
/// One catalogue and one list of installed packages over all formats, in namespace team-a: every RPC that formats share, by
/// the core's services or by the plugins' own.
/// </summary>
/// <param name="user">Who calls.</param>
/// <param name="formats">The formats.</param>
/// <param name="own">Whether to call the plugins' own services.</param>
internal sealed class FormatsJourney(User user, IReadOnlyList<FormatCase> formats, bool own)
{
    private const string Namespace = "team-a";

    /// <param name="name">What repositories and packages are called, with the format behind it.</param>
    public async Task RunAsync(string name)
    {
        foreach (var format in formats)
        {
            await AddAsync(format, name);
        }

        await CatalogueAsync(name);
        foreach (var format in formats)
        {
            await ReadAsync(format, name);
            await InstallAsync(format, name);
        }

        var installed = await CallAsync<GetInstalledPackageSummariesResponse>(
            Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In(Namespace) });
        installed.InstalledPackageSummaries
            .Where(p => p.Name.StartsWith(name, StringComparison.Ordinal))
            .Select(p => (p.InstalledPackageRef.Plugin.Name, p.Status.Ready, p.CurrentVersion.PkgVersion, p.LatestVersion.PkgVersion))
            .OrderBy(p => p.Item1, StringComparer.Ordinal)
            .ShouldBe(formats.Select(f => (f.Plugin.Name, true, "1.0.0", "2.0.0")));

        foreach (var format in formats)
        {
            await ChangeAsync(format, name);
            await DeleteAsync(format, name);
        }
    }

    private static string Name(FormatCase format, string name) => $"{name}-{format.Plugin.Name.Split('.')[0].Replace('_', '-')}";

    private async Task AddAsync(FormatCase format, string name)
    {
        var repository = format.Repository(Namespace, Name(format, name));
        var added = await CallAsync<AddPackageRepositoryResponse>(Repositories(format, "AddPackageRepository"), format.Add(Namespace, Name(format, name)));
        added.PackageRepoRef.ShouldBe(repository);
        (await user.FailAsync(Repositories(format, "AddPackageRepository"), format.Add(Namespace, Name(format, name)))).Code.ShouldBe(Rpc.RpcStatusCode.AlreadyExists);

        // The repository's controller, where it has one, and its grain see it a moment after it was written.
        var detail = await UntilAsync(
            () => CallAsync<GetPackageRepositoryDetailResponse>(Repositories(format, "GetPackageRepositoryDetail"), new GetPackageRepositoryDetailRequest { PackageRepoRef = repository }),
            d => d.Detail.Status?.Ready == true);
        (detail.Detail.Type, detail.Detail.Url, detail.Detail.Interval, detail.Detail.NamespaceScoped).ShouldBe((format.RepositoryType, format.RepositoryUrl.ToString(), "10m", true));
        var update = new UpdatePackageRepositoryRequest { PackageRepoRef = repository, Url = format.RepositoryUrl.ToString(), Description = "changed", Interval = "1h" };
        await CallAsync<UpdatePackageRepositoryResponse>(Repositories(format, "UpdatePackageRepository"), update);
        await UntilAsync(
            () => CallAsync<GetPackageRepositoryDetailResponse>(Repositories(format, "GetPackageRepositoryDetail"), new GetPackageRepositoryDetailRequest { PackageRepoRef = repository }),
            d => d.Detail is { Description: "changed", Interval: "1h", Status.Ready: true });

        var summaries = await CallAsync<GetPackageRepositorySummariesResponse>(
            Repositories(format, "GetPackageRepositorySummaries"), new GetPackageRepositorySummariesRequest { Context = Wire.In(Namespace) });
        summaries.PackageRepositorySummaries.ShouldContain(r => r.PackageRepoRef.Equals(repository));
        var permissions = await CallAsync<GetPackageRepositoryPermissionsResponse>(
            Repositories(format, "GetPackageRepositoryPermissions"), new GetPackageRepositoryPermissionsRequest { Context = Wire.In(Namespace) });
        permissions.Permissions.Single(p => p.Plugin.Equals(format.Plugin)).Namespace["create"].ShouldBeTrue();
    }

    private async Task CatalogueAsync(string name)
    {
        var request = new GetAvailablePackageSummariesRequest { Context = Wire.In(Namespace), FilterOptions = new FilterOptions() };
        request.FilterOptions.Repositories.Add(formats.Select(f => Name(f, name)));
        var all = await UntilAsync(
            () => CallAsync<GetAvailablePackageSummariesResponse>(Wire.Packages("GetAvailablePackageSummaries"), request),
            a => formats.All(f => a.AvailablePackageSummaries.Any(p => p.AvailablePackageRef.Equals(f.Available(Namespace, Name(f, name))))));
        var names = all.AvailablePackageSummaries.Select(p => p.Name).ToArray();
        names.ShouldBe(names.Order(StringComparer.Ordinal));

        var paged = new List<AvailablePackageReference>();
        request.PaginationOptions = new PaginationOptions { PageSize = 2 };
        do
        {
            var page = await CallAsync<GetAvailablePackageSummariesResponse>(Wire.Packages("GetAvailablePackageSummaries"), request);
            paged.AddRange(page.AvailablePackageSummaries.Select(p => p.AvailablePackageRef));
            request.PaginationOptions.PageToken = page.NextPageToken;
        }
        while (request.PaginationOptions.PageToken.Length > 0);
        paged.ShouldBe(all.AvailablePackageSummaries.Select(p => p.AvailablePackageRef));
    }

    private async Task ReadAsync(FormatCase format, string name)
    {
        var package = format.Available(Namespace, Name(format, name));
        var page = await CallAsync<GetAvailablePackageSummariesResponse>(Packages(format, "GetAvailablePackageSummaries"), new GetAvailablePackageSummariesRequest
        {
            Context = Wire.In(Namespace),
            FilterOptions = new FilterOptions { Repositories = { Name(format, name) }, Query = "greet" },
        });
        page.AvailablePackageSummaries.Select(p => p.AvailablePackageRef).ShouldContain(package);
        var detail = await CallAsync<GetAvailablePackageDetailResponse>(Packages(format, "GetAvailablePackageDetail"), new GetAvailablePackageDetailRequest { AvailablePackageRef = package });
        detail.AvailablePackageDetail.Version.PkgVersion.ShouldBe("2.0.0");
        detail.AvailablePackageDetail.Readme.ShouldNotBeEmpty();
        detail.AvailablePackageDetail.DefaultValues.ShouldContain("replicas: 1");
        detail.AvailablePackageDetail.ValuesSchema.ShouldContain("\"replicas\"");
        var versions = await CallAsync<GetAvailablePackageVersionsResponse>(Packages(format, "GetAvailablePackageVersions"), new GetAvailablePackageVersionsRequest { AvailablePackageRef = package });
        versions.PackageAppVersions.Select(v => v.PkgVersion).ShouldBe(["2.0.0", "1.1.0", "1.0.0"]);
    }

    private async Task InstallAsync(FormatCase format, string name)
    {
        var installed = format.Installed(Namespace, Name(format, name));
        var created = await CallAsync<CreateInstalledPackageResponse>(Packages(format, "CreateInstalledPackage"), new CreateInstalledPackageRequest
        {
            AvailablePackageRef = format.Available(Namespace, Name(format, name)),
            TargetContext = Wire.In(Namespace),
            Name = Name(format, name),
            PkgVersionReference = new VersionReference { Version = "1.0.0" },
            Values = "replicas: 2\n",
            ReconciliationOptions = format.Options(),
        });
        created.InstalledPackageRef.ShouldBe(installed);
        await user.UntilAsync(Namespace, Name(format, name), p => p.Status.Ready && p.CurrentVersion?.PkgVersion == "1.0.0");

        var refs = await CallAsync<GetInstalledPackageResourceRefsResponse>(
            Packages(format, "GetInstalledPackageResourceRefs"), new GetInstalledPackageResourceRefsRequest { InstalledPackageRef = installed });
        refs.ResourceRefs.Select(r => r.Kind).Order(StringComparer.Ordinal).ShouldBe(["ConfigMap", "Deployment", "Service"]);
        var detail = await CallAsync<GetInstalledPackageDetailResponse>(Packages(format, "GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = installed });
        detail.InstalledPackageDetail.ValuesApplied.ShouldContain(format.Applied);
        detail.InstalledPackageDetail.AvailablePackageRef.ShouldBe(format.Available(Namespace, Name(format, name)));
        detail.InstalledPackageDetail.LatestVersion.PkgVersion.ShouldBe("2.0.0");
        detail.InstalledPackageDetail.InstalledPackageRef.ShouldBe(installed);

        var twice = await user.FailAsync(Packages(format, "CreateInstalledPackage"), new CreateInstalledPackageRequest
        {
            AvailablePackageRef = format.Available(Namespace, Name(format, name)),
            TargetContext = Wire.In(Namespace),
            Name = Name(format, name),
            PkgVersionReference = new VersionReference { Version = "1.0.0" },
            ReconciliationOptions = format.Options(),
        });
        twice.Code.ShouldBe(Rpc.RpcStatusCode.AlreadyExists);
    }

    private async Task ChangeAsync(FormatCase format, string name)
    {
        await CallAsync<UpdateInstalledPackageResponse>(Packages(format, "UpdateInstalledPackage"), new UpdateInstalledPackageRequest
        {
            InstalledPackageRef = format.Installed(Namespace, Name(format, name)),
            PkgVersionReference = new VersionReference { Version = "2.0.0" },
            Values = "replicas: 3\n",
            ReconciliationOptions = format.Options(),
        });
        await user.UntilAsync(Namespace, Name(format, name), p => p.Status.Ready && p.CurrentVersion?.PkgVersion == "2.0.0");
    }

    private async Task DeleteAsync(FormatCase format, string name)
    {
        var installed = format.Installed(Namespace, Name(format, name));
        await CallAsync<DeleteInstalledPackageResponse>(Packages(format, "DeleteInstalledPackage"), new DeleteInstalledPackageRequest { InstalledPackageRef = installed });
        await UntilAsync(
            () => CallAsync<GetInstalledPackageSummariesResponse>(Packages(format, "GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In(Namespace) }),
            a => a.InstalledPackageSummaries.All(p => !p.InstalledPackageRef.Equals(installed)));
        await CallAsync<DeletePackageRepositoryResponse>(
            Repositories(format, "DeletePackageRepository"), new DeletePackageRepositoryRequest { PackageRepoRef = format.Repository(Namespace, Name(format, name)) });
    }

    private MethodDescriptor Packages(FormatCase format, string method) => own ? format.Packages.FindMethodByName(method) : Wire.Packages(method);

    private MethodDescriptor Repositories(FormatCase format, string method) => own ? format.Repositories.FindMethodByName(method) : Wire.Repositories(method);

    private Task<TResponse> CallAsync<TResponse>(MethodDescriptor method, IMessage request)
        where TResponse : class, IMessage<TResponse> => user.CallAsync<TResponse>(method, request);

    private static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> reached)
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var answer = await ask();
            if (reached(answer))
            {
                return answer;
            }
        }
    }
}
