using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wego.Kubernetes;
using Wego.Rpc.Client;
using Wego.Sandbox;
using Wego.Sandbox.Charts;
using Wego.Sandbox.Controllers;
using Wego.Silo;
using Wego.Testing.ApiServers;

namespace Wego.EndToEnd.Formats;

/// <summary>All formats at once, as one user sees them. Without the <c>helm</c> program nothing can be installed with Helm.</summary>
public sealed class ThreeFormatsTests
{
    private const string Helm = "helm.packages";

    [Fact]
    public async Task WithoutTheHelmProgramFluxAndCarvelHaveOneCatalogueAndOneList()
    {
        await using var wego = await WegoFixture.StartAsync(beforeStart: null, "Wego:Helm:Executable=/nowhere/helm");
        using var user = wego.User(SandboxTokens.TeamA);
        await new FormatsJourney(user, [.. FormatCase.All(wego.Sample).Where(f => f.Plugin.Name != Helm)], own: false).RunAsync("two");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait(Needs.Trait, Needs.Helm)]
    public async Task OneCatalogueAndOneListOfInstalledPackages(bool own)
    {
        Assert.SkipWhen(HelmPrograms.MissingReason() is not null, HelmPrograms.MissingReason() ?? "");
        await using var wego = await WegoFixture.StartAsync(beforeStart: null, $"Wego:Helm:Executable={HelmPrograms.All[0]}");
        using var user = wego.User(SandboxTokens.TeamA);
        await new FormatsJourney(user, FormatCase.All(wego.Sample), own).RunAsync(own ? "own" : "core");
    }

    [Fact]
    [Trait(Needs.Trait, Needs.KubeApiServer)]
    [Trait(Needs.Trait, Needs.Helm)]
    public async Task TheSameOnARealApiServer()
    {
        Assert.SkipWhen(HelmPrograms.MissingReason() is not null, HelmPrograms.MissingReason() ?? "");
        Assert.SkipWhen(ApiServerAssets.MissingReason() is not null, ApiServerAssets.MissingReason() ?? "");
        var cancellationToken = TestContext.Current.CancellationToken;
        using var log = new TestLog();
        await using var server = await KubeApiServer.StartAsync(ApiServerAssets.Find(), cancellationToken);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(server.CertificateAuthority!);
        var admin = new ClusterConfiguration(server.Address) { CertificateAuthorities = authorities, User = new UserConfiguration { Token = server.Identities.Admin.Token } };
        using var client = new KubernetesClient(admin, new KubernetesClientOptions { Qps = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        await using var controllers = await SandboxControllers.StartAsync(client, new SandboxControllersOptions(), TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        await using var sample = await SampleRepository.StartAsync(cancellationToken: cancellationToken);
        var settings = new SiloSettings
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            PluginDirectories = [Path.Combine(AppContext.BaseDirectory, "plugins")],
            ConfigurationArguments = [$"--Wego:Helm:Executable={HelmPrograms.All[^1]}"],
        };
        await using var app = WegoHost.Build(settings, admin, builder => builder.Logging.ClearProviders().AddProvider(log));
        await app.StartAsync(cancellationToken);
        using var user = new User(new RpcClient(new Uri(app.Urls.First())), server.Identities.Admin.Token);

        await new FormatsJourney(user, FormatCase.All(sample), own: false).RunAsync("real");
        await app.StopAsync(cancellationToken);
    }
}
