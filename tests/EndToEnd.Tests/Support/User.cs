using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Microsoft.AspNetCore.Http;
using Wego.Packages.V1;
using Wego.Rpc;
using Wego.Rpc.Client;
using EventType = Wego.Packages.V1.WatchInstalledPackagesResponse.Types.Type;

namespace Wego.EndToEnd;

/// <summary>Calls Wego with one token, or without any.</summary>
public sealed class User(RpcClient client, string? token) : IDisposable
{
    /// <summary>The response headers of the last unary call.</summary>
    public IHeaderDictionary Headers { get; private set; } = new HeaderDictionary();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<TResponse> CallAsync<TResponse>(MethodDescriptor method, IMessage request)
        where TResponse : class, IMessage<TResponse>
    {
        var options = Options();
        Headers = options.ResponseHeaders;
        return await client.CallAsync<TResponse>(method, request, options, Cancellation);
    }

    public IAsyncEnumerable<TResponse> StreamAsync<TResponse>(MethodDescriptor method, IMessage request, CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse> =>
        client.StreamAsync<TResponse>(method, request, Options(), cancellationToken);

    /// <summary>Makes a call that must fail.</summary>
    public Task<RpcException> FailAsync(MethodDescriptor method, IMessage request)
    {
        var call = typeof(User).GetMethod(nameof(CallAsync))!.MakeGenericMethod(method.OutputType.ClrType);
        return Should.ThrowAsync<RpcException>(() => (Task)call.Invoke(this, [method, request])!);
    }

    public Task AddRepositoryAsync(string ns, string name, Uri url, string interval = "10m")
    {
        var request = Wire.Add(ns, name, url);
        request.Interval = interval;
        return CallAsync<AddPackageRepositoryResponse>(Wire.Repositories("AddPackageRepository"), request);
    }

    public Task RemoveRepositoryAsync(string ns, string name) => CallAsync<DeletePackageRepositoryResponse>(
        Wire.Repositories("DeletePackageRepository"), new DeletePackageRepositoryRequest { PackageRepoRef = Wire.Repository(ns, name) });

    public Task<GetAvailablePackageSummariesResponse> PageAsync(int size = 0, string token = "", FilterOptions? filter = null) =>
        CallAsync<GetAvailablePackageSummariesResponse>(Wire.Packages("GetAvailablePackageSummaries"), new GetAvailablePackageSummariesRequest
        {
            Context = Wire.In(""),
            FilterOptions = filter ?? new FilterOptions(),
            PaginationOptions = new PaginationOptions { PageSize = size, PageToken = token },
        });

    /// <summary>Pages through a catalogue to its end.</summary>
    public async Task<IReadOnlyList<AvailablePackageSummary>> AllPagesAsync(int size, FilterOptions? filter = null)
    {
        var all = new List<AvailablePackageSummary>();
        var pageToken = "";
        do
        {
            var page = await PageAsync(size, pageToken, filter);
            page.AvailablePackageSummaries.Count.ShouldBeLessThanOrEqualTo(size);
            all.AddRange(page.AvailablePackageSummaries);
            pageToken = page.NextPageToken;
        }
        while (pageToken.Length > 0);
        return all;
    }

    public Task<GetInstalledPackageSummariesResponse> InstalledAsync(string ns = "", int size = 0, string token = "") =>
        CallAsync<GetInstalledPackageSummariesResponse>(Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest
        {
            Context = Wire.In(ns),
            PaginationOptions = new PaginationOptions { PageSize = size, PageToken = token },
        });

    public Task InstallAsync(string ns, string name, string package, string version = "", string values = "") =>
        CallAsync<CreateInstalledPackageResponse>(Wire.Packages("CreateInstalledPackage"), new CreateInstalledPackageRequest
        {
            AvailablePackageRef = Wire.Available(ns, package),
            TargetContext = Wire.In(ns),
            Name = name,
            PkgVersionReference = new VersionReference { Version = version },
            Values = values,
        });

    /// <summary>Waits, by events, until an installed package is as wanted.</summary>
    public async Task<InstalledPackageSummary> UntilAsync(string ns, string name, Func<InstalledPackageSummary, bool> reached)
    {
        await foreach (var change in WatchAsync(ns, name, Cancellation))
        {
            if (change.Type == EventType.Present && reached(change.InstalledPackageSummary))
            {
                return change.InstalledPackageSummary;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }

    public Task<InstalledPackageSummary> UntilReadyAsync(string ns, string name) => UntilAsync(ns, name, p => p.Status.Ready);

    public IAsyncEnumerable<WatchInstalledPackagesResponse> WatchAsync(string ns, string name, CancellationToken cancellationToken) =>
        StreamAsync<WatchInstalledPackagesResponse>(Wire.Events("WatchInstalledPackages"), new WatchInstalledPackagesRequest { Context = Wire.In(ns), Name = name }, cancellationToken);

    public async Task<PackageRepositoryDetail> RepositoryAsync(string ns, string name) =>
        (await CallAsync<GetPackageRepositoryDetailResponse>(
            Wire.Repositories("GetPackageRepositoryDetail"), new GetPackageRepositoryDetailRequest { PackageRepoRef = Wire.Repository(ns, name) })).Detail;

    public void Dispose() => client.Dispose();

    private RpcCallOptions Options() => new() { BearerToken = token, Timeout = TimeSpan.FromSeconds(60) };
}
