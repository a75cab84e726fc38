using FsCheck;
using FsCheck.Fluent;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Plugins;

namespace Wego.Frontend.Tests.Packages;

public sealed class CataloguePagingTests
{
    private static readonly Gen<(string Plugin, string Namespace, string Repository, string[] Packages)> Repositories =
        from plugin in Gen.Elements("a.packages", "b.packages")
        from ns in Gen.Elements("apps", "base")
        from repository in Gen.Elements("main", "main-2", "other")
        from packages in Gen.SubListOf("a", "foo/bar", "foo", "nginx", "redis", "redis-cluster", "zoo")
        select (plugin, ns, repository, packages.ToArray());

    [Fact]
    public void Pages_of_any_size_show_every_package_once_and_in_order() => Check.QuickThrowOnFailure(Prop.ForAll(
        Repositories.ListOf().Zip(Gen.Choose(1, 7)).ToArbitrary(),
        async given =>
        {
            var (repositories, size) = given;
            var server = new FakeServer("a.packages", "b.packages");
            var expected = new List<(string Name, string Plugin, string Namespace, string Identifier)>();
            foreach (var (plugin, ns, repository, packages) in repositories.DistinctBy(r => (r.Plugin, r.Namespace, r.Repository)))
            {
                server.AddRepository(plugin, ns, repository, packages);
                expected.AddRange(packages.Select(p => (p, plugin, ns, $"{repository}/{Uri.EscapeDataString(p)}")));
            }

            var (seen, token) = (new List<(string, string, string, string)>(), "");
            do
            {
                var page = await server.Packages().GetAvailablePackageSummaries(
                    new GetAvailablePackageSummariesRequest { PaginationOptions = new PaginationOptions { PageSize = size, PageToken = token } }, Calls.Authenticated());
                if (page.AvailablePackageSummaries.Count > size || (page.NextPageToken.Length > 0 && page.AvailablePackageSummaries.Count < size))
                {
                    return false;
                }

                seen.AddRange(page.AvailablePackageSummaries.Select(p =>
                    (p.Name, p.AvailablePackageRef.Plugin.Name, p.AvailablePackageRef.Context.Namespace, p.AvailablePackageRef.Identifier)));
                token = page.NextPageToken;
            }
            while (token.Length > 0);

            expected.Sort((left, right) => string.CompareOrdinal($"{left.Name}\0{left.Plugin}\0{left.Namespace}\0{left.Identifier}", $"{right.Name}\0{right.Plugin}\0{right.Namespace}\0{right.Identifier}"));
            return seen.SequenceEqual(expected);
        }));

    [Fact]
    public async Task A_repository_that_fails_is_left_out_and_named()
    {
        var server = new FakeServer("a.packages");
        server.AddRepository("a.packages", "apps", "good", "redis");
        server.AddRepository("a.packages", "apps", "bad", _ => throw new PackageException(PackageErrorCode.Unavailable, "down"));
        var context = Calls.Authenticated();
        var page = await server.Packages().GetAvailablePackageSummaries(new GetAvailablePackageSummariesRequest(), context);
        page.AvailablePackageSummaries.ShouldHaveSingleItem().Name.ShouldBe("redis");
        context.ResponseHeaders["wego-missing-repositories"].ToString().ShouldBe("apps/bad=Unavailable");
    }

    [Fact]
    public async Task Where_every_repository_fails_so_does_the_page()
    {
        var server = new FakeServer("a.packages");
        server.AddRepository("a.packages", "apps", "bad", _ => throw new PackageException(PackageErrorCode.Unavailable, "down"));
        var error = await Should.ThrowAsync<PackageException>(server.Packages().GetAvailablePackageSummaries(new GetAvailablePackageSummariesRequest(), Calls.Authenticated()));
        (error.Code, error.Message).ShouldBe((PackageErrorCode.Unavailable, "down"));
    }

    [Fact]
    public async Task A_repository_that_loads_for_too_long_is_named_once_the_page_has_waited()
    {
        var server = new FakeServer("a.packages");
        server.AddRepository("a.packages", "apps", "good", "redis");
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.AddRepository("a.packages", "apps", "slow", async cancellationToken =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, server.Clock, cancellationToken);
            throw new InvalidOperationException("Only cancelling ends this.");
        });
        var context = Calls.Authenticated();
        var pending = server.Packages().GetAvailablePackageSummaries(new GetAvailablePackageSummariesRequest(), context);
        await asked.Task;
        server.Clock.Advance(TimeSpan.FromSeconds(15));
        (await pending).AvailablePackageSummaries.Count.ShouldBe(1);
        context.ResponseHeaders["wego-missing-repositories"].ToString().ShouldBe("apps/slow=Unavailable");
    }
}
