using System.Net;
using System.Security.Cryptography.X509Certificates;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wego.Kubernetes;
using Wego.Rpc;
using Wego.Rpc.Client;
using Wego.Sandbox.Charts;
using Wego.Sandbox.Controllers;
using Wego.Silo;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd;

/// <summary>The journey on a real kube-apiserver, with the definitions that Flux publishes where they are at hand, reached through a kubeconfig.</summary>
[Trait(Needs.Trait, Needs.KubeApiServer)]
public sealed class RealClusterJourneyTests
{
    [Fact]
    public async Task FromAddingARepositoryToDeletingThePackage()
    {
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
        var cancellationToken = TestContext.Current.CancellationToken;
        using var log = new TestLog();
        await using var server = await KubeApiServer.StartAsync(ApiServerAssets.Find(), cancellationToken);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(server.CertificateAuthority!);
        var admin = new ClusterConfiguration(server.Address) { CertificateAuthorities = authorities, User = new UserConfiguration { Token = server.Identities.Admin.Token } };
        using var client = new KubernetesClient(admin, new KubernetesClientOptions { Qps = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        await using var controllers = await SandboxControllers.StartAsync(client, new SandboxControllersOptions(), TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        await using var repository = await SampleRepository.StartAsync(cancellationToken: cancellationToken);
        var settings = new SiloSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), PluginDirectories = [Path.Combine(AppContext.BaseDirectory, "plugins")] };
        await using var app = WegoHost.Build(settings, admin, builder => builder.Logging.ClearProviders().AddProvider(log));
        await app.StartAsync(cancellationToken);
        using var wego = new RpcClient(new Uri(app.Urls.First()));

        await new Journey(wego, server.Identities.Admin.Token, repository.Address).RunAsync("journey");

        var refused = await Should.ThrowAsync<RpcException>(() => ListAsync(wego, server.Identities.Nobody.Token, cancellationToken));
        refused.Code.ShouldBe(RpcStatusCode.PermissionDenied);
        var unknown = await Should.ThrowAsync<RpcException>(() => ListAsync(wego, "no-token-of-this-cluster", cancellationToken));
        unknown.Code.ShouldBe(RpcStatusCode.Unauthenticated);
        await app.StopAsync(cancellationToken);
    }

    private static Task<GetInstalledPackageSummariesResponse> ListAsync(RpcClient wego, string token, CancellationToken cancellationToken) =>
        wego.CallAsync<GetInstalledPackageSummariesResponse>(
            Wire.Packages("GetInstalledPackageSummaries"),
            new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") },
            new RpcCallOptions { BearerToken = token },
            cancellationToken);
}
