using Wego.Sandbox;

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
        await using var cluster = await RealCluster.StartAsync($"Wego:Helm:Executable={HelmPrograms.All[^1]}");
        using var user = new User(cluster.Client(), cluster.Server.Identities.Admin.Token);
        await new FormatsJourney(user, FormatCase.All(cluster.Sample), own: false).RunAsync("real");
        await cluster.StopAsync();
    }
}
