using System.Diagnostics;
using Wego.Plugins;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Index;

/// <summary>Indexes of real repositories. They are not part of this repository; where they are absent the tests are skipped.</summary>
public sealed class RealIndexTests
{
    [Fact]
    public async Task Bitnami()
    {
        var index = await ReadAsync("data/bitnami-index.yaml.xz");
        (index.ChartsRead, index.EntriesRead, index.SkippedEntries).ShouldBe((129, 30_810, 0));
        index.Catalogue.Packages.Length.ShouldBe(129 - index.DeprecatedCharts);
        index.DeprecatedCharts.ShouldBe(11);

        var found = index.Catalogue.Search(new CatalogueQuery { Text = "POSTGRES" }).Packages;
        found.Select(p => p.Name).ShouldContain("postgresql-ha");
        var airflow = index.Catalogue.Find("airflow").ShouldNotBeNull();
        airflow.Newest.Version.ShouldBe("25.1.0");
        airflow.Newest.AppVersion.ShouldBe("3.0.5");
        airflow.Newest.Urls.ShouldBe(["charts/airflow-25.1.0.tgz"]);
        airflow.Newest.Digest?.ToString().ShouldBe("sha256:afce3476ea8c7ad41f5d077403c8c1c26fe2ee01d655a463943e377394602e3a");
        airflow.Newest.Created.ShouldBe(new DateTimeOffset(2026, 1, 12, 16, 19, 21, TimeSpan.Zero));
        airflow.Maintainers.ShouldHaveSingleItem().Name.ShouldBe("Broadcom, Inc. All Rights Reserved.");
    }

    [Fact]
    public async Task Prometheus()
    {
        var index = await ReadAsync("data/prometheus-index.yaml.xz");
        (index.ChartsRead, index.EntriesRead, index.SkippedEntries).ShouldBe((46, 3_395, 0));
        index.Catalogue.Search(new CatalogueQuery { Text = "monotek" }).Packages.ShouldContain(p => p.Name == "alertmanager");
        index.Catalogue.Packages.ShouldAllBe(p => p.Versions.Count > 0 && p.Categories.Length == 1);
    }

    [Fact]
    public async Task Pages_of_a_real_catalogue_give_every_package_once()
    {
        var catalogue = (await ReadAsync("data/prometheus-index.yaml.xz")).Catalogue;
        var names = new List<string>();
        CatalogueKey? after = null;
        CataloguePage page;
        do
        {
            page = catalogue.Search(new CatalogueQuery { After = after, Limit = 7 });
            names.AddRange(page.Packages.Select(p => p.Name));
            after = page.Packages[^1].Key;
        }
        while (page.HasMore);

        names.ShouldBe(catalogue.Packages.Select(p => p.Name));
    }

    private static async Task<ChartIndex> ReadAsync(string relative)
    {
        var path = TestPaths.Shared(relative);
        if (path is null)
        {
            Assert.Skip($"{relative} of the shared test data is absent.");
        }

        using var xz = Start(path);
        if (xz is null)
        {
            Assert.Skip("The program xz is absent.");
        }

        using var content = new MemoryStream();
        await xz.StandardOutput.BaseStream.CopyToAsync(content, TestContext.Current.CancellationToken);
        await xz.WaitForExitAsync(TestContext.Current.CancellationToken);
        xz.ExitCode.ShouldBe(0);
        return ChartIndexParser.Parse(content.ToArray(), ChartIndexLimits.Default, TestContext.Current.CancellationToken);
    }

    private static Process? Start(string path)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("xz") { ArgumentList = { "-dc", path }, RedirectStandardOutput = true, UseShellExecute = false });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
