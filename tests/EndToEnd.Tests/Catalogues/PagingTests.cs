using System.Globalization;
using System.Text;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Rpc;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>Paging over many repositories, in which charts of the same name abound, and over installed packages.</summary>
public sealed class PagingTests(PagingTests.ManyRepositories wego) : IClassFixture<PagingTests.ManyRepositories>
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task EveryPackageIsShownOnceAndInOrder(int size)
    {
        using var admin = wego.User(SandboxTokens.Admin);
        var all = (await admin.PageAsync()).AvailablePackageSummaries.Select(Key).ToArray();
        all.Length.ShouldBe(wego.Packages);
        all.Distinct().Count().ShouldBe(all.Length);
        all.Select(k => k.Name).ShouldBeInOrder();
        (await admin.AllPagesAsync(size)).Select(Key).ShouldBe(all);
    }

    [Theory]
    [InlineData("web", "", "", 8)]
    [InlineData("", "repo-2", "", 8)]
    [InlineData("", "", "Odd", 2)]
    [InlineData("web", "repo-1", "Even", 4)]
    [InlineData("no such thing", "", "", 0)]
    public async Task FiltersNarrowEveryPage(string text, string repository, string category, int expected)
    {
        using var admin = wego.User(SandboxTokens.Admin);
        var filter = new FilterOptions { Query = text };
        if (repository.Length > 0)
        {
            filter.Repositories.Add(repository);
        }

        if (category.Length > 0)
        {
            filter.Categories.Add(category);
        }

        var all = await admin.AllPagesAsync(2, filter);
        all.Select(Key).Distinct().Count().ShouldBe(expected, string.Join(' ', all.Select(Key)));
        all.Count.ShouldBe(expected);
    }

    [Fact]
    public async Task ATokenBelongsToItsQuestion()
    {
        using var admin = wego.User(SandboxTokens.Admin);
        var token = (await admin.PageAsync(2)).NextPageToken;
        foreach (var other in new[]
        {
            new GetAvailablePackageSummariesRequest { Context = Wire.In(""), FilterOptions = new FilterOptions { Query = "web" } },
            new GetAvailablePackageSummariesRequest { Context = Wire.In("team-a"), FilterOptions = new FilterOptions() },
        })
        {
            other.PaginationOptions = new PaginationOptions { PageSize = 2, PageToken = token };
            var failure = await admin.FailAsync(Wire.Packages("GetAvailablePackageSummaries"), other);
            failure.Code.ShouldBe(RpcStatusCode.InvalidArgument);
            failure.Message.ShouldContain("pagination_options.page_token");
        }

        // Another size is no other question.
        (await admin.PageAsync(5, token)).AvailablePackageSummaries.Count.ShouldBe(5);
    }

    [Fact]
    public async Task AnotherCallerGoesOnInWhatIsTheirs()
    {
        using var admin = wego.User(SandboxTokens.Admin);
        using var team = wego.User(SandboxTokens.TeamA);
        var token = (await admin.PageAsync(2)).NextPageToken;
        (await team.PageAsync(100, token)).AvailablePackageSummaries.ShouldAllBe(p => p.AvailablePackageRef.Context.Namespace == "team-a");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task EveryInstalledPackageIsShownOnceAndInOrder(int size)
    {
        using var admin = wego.User(SandboxTokens.Admin);
        var all = (await admin.InstalledAsync()).InstalledPackageSummaries.Select(p => $"{p.Name} {p.InstalledPackageRef.Context.Namespace}").ToArray();
        all.ShouldBe(["a team-a", "a team-b", "b team-a", "b team-b", "c team-a", "c team-b"]);
        var paged = new List<string>();
        var token = "";
        do
        {
            var page = await admin.InstalledAsync("", size, token);
            page.InstalledPackageSummaries.Count.ShouldBeLessThanOrEqualTo(size);
            paged.AddRange(page.InstalledPackageSummaries.Select(p => $"{p.Name} {p.InstalledPackageRef.Context.Namespace}"));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        paged.ShouldBe(all);
    }

    [Fact]
    public async Task WarmListsAskTheClusterNothing()
    {
        using var admin = wego.User(SandboxTokens.Admin);
        await admin.InstalledAsync();
        wego.Requests.All.ShouldContain(r => r.UserAgent.StartsWith("wego/", StringComparison.Ordinal));
        wego.Requests.Clear();
        (await admin.InstalledAsync()).InstalledPackageSummaries.Count.ShouldBe(6);
        (await admin.InstalledAsync("", 2)).InstalledPackageSummaries.Count.ShouldBe(2);
        wego.Requests.All.Where(r => r.UserAgent.StartsWith("wego/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static (string Name, string Namespace, string Identifier) Key(AvailablePackageSummary package) =>
        (package.Name, package.AvailablePackageRef.Context.Namespace, package.AvailablePackageRef.Identifier);

    /// <summary>Three repositories in each of two namespaces, with overlapping charts, and three releases in each.</summary>
    public sealed class ManyRepositories : IAsyncLifetime
    {
        private static readonly string[][] Charts = [["web", "db", "cache1"], ["web", "db", "Web-UI", "a-b"], ["web", "queue", "a", "a.b"]];
        private WegoFixture _wego = null!;
        private ChartServer _charts = null!;

        /// <summary>How many packages there are in all.</summary>
        public int Packages { get; } = 2 * Charts.Sum(c => c.Length);

        public SandboxRequests Requests => _wego.Cluster.Requests;

        public User User(string token) => _wego.User(token);

        public async ValueTask InitializeAsync()
        {
            _wego = await WegoFixture.StartAsync(beforeStart: null);
            _charts = await ChartServer.StartAsync();
            _charts.AnswerPaths(Charts.Index().ToDictionary(
                c => string.Create(CultureInfo.InvariantCulture, $"/repo-{c.Index}/index.yaml"), c => Encoding.UTF8.GetBytes(TestIndex.Of(c.Item)), StringComparer.Ordinal));
            _wego.Cluster.Store.CreateYaml("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team-b\n");
            using var admin = User(SandboxTokens.Admin);
            foreach (var ns in new[] { "team-a", "team-b" })
            {
                for (var i = 0; i < Charts.Length; i++)
                {
                    await admin.AddRepositoryAsync(ns, $"repo-{i}", _charts.Repository($"repo-{i}/"));
                }

                foreach (var name in new[] { "c", "a", "b" })
                {
                    await admin.InstallAsync(ns, name, "repo-0/web");
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _wego.DisposeAsync();
            await _charts.DisposeAsync();
        }
    }
}
