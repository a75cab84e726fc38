using System.Collections.Immutable;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Wego.Grains;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Frontend.Tests.Packages;

/// <summary>Where installed packages that do not name their repository came from.</summary>
public sealed class SourceFinderTests
{
    private const string Plugin = "a.packages";
    private static readonly PackageOrigin Origin = new("redis", "1.0.0", "7.2", "", "");
    private readonly FakeServer _server = new(Plugin);

    [Fact]
    public async Task The_most_alike_offer_wins()
    {
        Offer("base", "main", 8);
        Offer("base", "other", 10);
        (await FindAsync("apps")).ShouldBe("base/other");
    }

    [Fact]
    public async Task Among_equals_one_of_the_packages_own_namespace_wins_then_the_first()
    {
        Offer("base", "a", 8);
        Offer("base", "b", 8);
        (await FindAsync("apps")).ShouldBe("base/a");
        Offer("apps", "z", 8);
        (await FindAsync("apps")).ShouldBe("apps/z");
    }

    [Fact]
    public async Task A_repository_that_the_caller_may_not_read_is_not_asked()
    {
        Offer("base", "main", 8);
        var hidden = Offer("secret", "main", 11);
        _server.Reviewer.ReviewAsync(null!, null!, null!, default).ReturnsForAnyArgs(call =>
            new AccessDecision(call.Arg<ResourceAttributes>().Namespace == "base", ""));
        (await FindAsync("apps")).ShouldBe("base/main");
        await hidden.DidNotReceiveWithAnyArgs().FindOriginsAsync([], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_repository_that_fails_or_is_slow_hides_none_of_the_others()
    {
        Offer("base", "main", 8);
        Offer("base", "bad", 9).FindOriginsAsync([], default).ThrowsAsyncForAnyArgs(new PackageException(PackageErrorCode.Unavailable, "down"));
        Offer("base", "slow", 9).FindOriginsAsync([], default).ReturnsForAnyArgs(call => Never(call.Arg<CancellationToken>()));
        var finding = FindAsync("apps");
        _server.Clock.Advance(TimeSpan.FromSeconds(3));
        (await finding).ShouldBe("base/main");
    }

    [Fact]
    public async Task Each_repository_is_asked_once_about_all_packages()
    {
        var grain = Offer("base", "main", 8);
        var packages = Enumerable.Range(0, 100).Select(i => Package($"ns-{i % 10}", $"redis-{i}")).ToArray();
        var found = await Finder().FindAsync(packages, new Caller("t"), TestContext.Current.CancellationToken);
        found.Count.ShouldBe(100);
        await grain.Received(1).FindOriginsAsync(Arg.Is<ImmutableArray<PackageOrigin>>(o => o.Length == 1), Arg.Any<CancellationToken>());
    }

    private static async Task<ImmutableArray<PackageOffer?>> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return [];
    }

    private static InstalledPackage Package(string ns, string name) => new()
    {
        Ref = new InstalledPackageRef(FakeServer.Id(Plugin), FakeServer.Cluster, ns, name),
        Status = new PackageStatus(true, PackageStatusReason.Installed, ""),
        Origin = Origin,
    };

    private async Task<string> FindAsync(string ns)
    {
        var found = await Finder().FindAsync([Package(ns, "web")], new Caller("t"), TestContext.Current.CancellationToken);
        var repository = found.Values.ShouldHaveSingleItem().Ref.Repository;
        return $"{repository.Namespace}/{repository.Name}";
    }

    private SourceFinder Finder() =>
        new(_server.Grains, _server.Registry, new PackageAccess(_server.Reviewer, _server.Clusters), Microsoft.Extensions.Options.Options.Create(new FrontendOptions()), _server.Clock);

    private IRepositoryGrain Offer(string ns, string name, int likeness)
    {
        _server.AddRepository(Plugin, ns, name, "redis");
        var reference = new RepositoryRef(FakeServer.Id(Plugin), FakeServer.Cluster, ns, name);
        var summary = new AvailablePackageSummary { Ref = new AvailablePackageRef(reference, "redis"), DisplayName = "redis", LatestVersion = new PackageVersion("2.0.0", "") };
        var grain = _server.Grains.GetGrain<IRepositoryGrain>(GrainKeys.Of(reference));
        grain.FindOriginsAsync([], default).ReturnsForAnyArgs(call =>
            ImmutableArray.Create<PackageOffer?>([.. call.Arg<ImmutableArray<PackageOrigin>>().Select(_ => new PackageOffer(summary, likeness))]));
        return grain;
    }
}
