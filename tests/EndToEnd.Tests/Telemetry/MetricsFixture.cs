using System.Diagnostics.Metrics;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.EndToEnd.Formats;
using Wego.Sandbox;

namespace Wego.EndToEnd.Telemetry;

/// <summary>What Prometheus reads after a whole journey over the formats that need no further program, with failures on the way.</summary>
public sealed class MetricsFixture : IAsyncLifetime
{
    private readonly MeterListener _instruments = new();

    /// <summary>Every instrument that is there, whether or not anything was measured.</summary>
    public List<Instrument> Instruments { get; } = [];

    public PrometheusText Text { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await using var wego = await WegoFixture.StartAsync(beforeStart: null, "Wego:Telemetry:PrometheusListen=127.0.0.1:0", "Wego:Helm:Executable=/nowhere/helm");
        using var user = wego.User(SandboxTokens.TeamA);
        await new FormatsJourney(user, [.. FormatCase.All(wego.Sample).Where(f => f.Plugin.Name != "helm.packages")], own: false).RunAsync("measured");
        await user.FailAsync(Wire.Packages("GetInstalledPackageDetail"), new GetInstalledPackageDetailRequest { InstalledPackageRef = Wire.Installed("team-a", "no-such-package") });
        using var stranger = wego.User("token-of-a-stranger");
        await stranger.FailAsync(Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") });
        using var client = wego.Client();
        await new Journey(client, SandboxTokens.TeamA, wego.SampleRepository).RunAsync("measured-watch");
        await FillAsync(wego, user);
        // Without a right to Secrets the releases of Helm cannot be listed, and an answer over all plugins lacks them.
        using var viewer = wego.User(SandboxTokens.Viewer);
        await viewer.CallAsync<GetInstalledPackageSummariesResponse>(Wire.Packages("GetInstalledPackageSummaries"), new GetInstalledPackageSummariesRequest { Context = Wire.In("team-a") });
        using var http = new HttpClient();
        Text = PrometheusText.Parse(await http.GetStringAsync(wego.MetricsAddress));
        _instruments.InstrumentPublished = (instrument, _) =>
        {
            lock (Instruments)
            {
                Instruments.Add(instrument);
            }
        };
        _instruments.Start();
    }

    // A repository that stays, with its catalogue.
    private static async Task FillAsync(WegoFixture wego, User user)
    {
        await user.CallAsync<AddPackageRepositoryResponse>(Wire.Repositories("AddPackageRepository"), Wire.Add("team-a", "measured-last", wego.SampleRepository));
        var page = await user.CallAsync<GetAvailablePackageSummariesResponse>(Wire.Packages("GetAvailablePackageSummaries"), new GetAvailablePackageSummariesRequest { Context = Wire.In("team-a") });
        page.AvailablePackageSummaries.ShouldNotBeEmpty();
    }

    public ValueTask DisposeAsync()
    {
        _instruments.Dispose();
        return ValueTask.CompletedTask;
    }
}
