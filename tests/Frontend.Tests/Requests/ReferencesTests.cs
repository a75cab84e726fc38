using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Wego.Plugins;

namespace Wego.Frontend.Tests.Requests;

public sealed class ReferencesTests
{
    private readonly RequestScope _scope = new FakeServer("a.packages", "b.packages").Scope();

    [Theory]
    [InlineData("main/redis", "main", "redis")]
    [InlineData("main/foo%2Fbar", "main", "foo/bar")]
    [InlineData("main/foo/bar", "main", "foo/bar")]
    [InlineData("main%2Fredis", "main", "redis")]
    [InlineData("main%2Ffoo%252Fbar", "main", "foo/bar")]
    public void An_available_package_is_read(string identifier, string repository, string package)
    {
        var (plugin, reference) = _scope.Available(Available("b.packages", "", "apps", identifier));
        plugin.Id.ShouldBe(FakeServer.Id("b.packages"));
        reference.ShouldBe(new AvailablePackageRef(new RepositoryRef(plugin.Id, FakeServer.Cluster, "apps", repository), package));
    }

    [Theory]
    [InlineData("", "default", "apps", "main/redis", "plugin", PackageErrorCode.InvalidArgument)]
    [InlineData("x.packages", "default", "apps", "main/redis", "plugin", PackageErrorCode.InvalidArgument)]
    [InlineData("a.packages", "mars", "apps", "main/redis", "context.cluster", PackageErrorCode.FailedPrecondition)]
    [InlineData("a.packages", "default", "", "main/redis", "context.namespace", PackageErrorCode.InvalidArgument)]
    [InlineData("a.packages", "-", "apps", "", "identifier", PackageErrorCode.InvalidArgument)]
    [InlineData("a.packages", "-", "apps", "redis", "identifier", PackageErrorCode.InvalidArgument)]
    [InlineData("a.packages", "-", "apps", "main%ZZredis", "identifier", PackageErrorCode.InvalidArgument)]
    [InlineData("a.packages", "-", "apps", "/redis", "identifier", PackageErrorCode.InvalidArgument)]
    [InlineData("a.packages", "-", "apps", "main/", "identifier", PackageErrorCode.InvalidArgument)]
    public void What_is_wrong_with_an_available_package_is_named(string plugin, string cluster, string ns, string identifier, string field, PackageErrorCode code) =>
        Named(() => _scope.Available(Available(plugin, cluster, ns, identifier)), $"available_package_ref.{field}", code);

    [Theory]
    [InlineData("", "default", "apps", "web", "plugin", PackageErrorCode.InvalidArgument)]
    [InlineData("a.packages", "mars", "apps", "web", "context.cluster", PackageErrorCode.FailedPrecondition)]
    [InlineData("a.packages", "default", "", "web", "context.namespace", PackageErrorCode.InvalidArgument)]
    [InlineData("a.packages", "default", "apps", "", "identifier", PackageErrorCode.InvalidArgument)]
    [InlineData("a.packages", "default", "apps", "../web", "identifier", PackageErrorCode.InvalidArgument)]
    public void What_is_wrong_with_an_installed_package_or_a_repository_is_named(string plugin, string cluster, string ns, string identifier, string field, PackageErrorCode code)
    {
        var context = new Context { Cluster = cluster, Namespace = ns };
        var by = new Plugin { Name = plugin };
        Named(() => _scope.Installed(new InstalledPackageReference { Context = context, Identifier = identifier, Plugin = by }), $"installed_package_ref.{field}", code);
        Named(() => _scope.Repository(new PackageRepositoryReference { Context = context, Identifier = identifier, Plugin = by }), $"package_repo_ref.{field}", code);
    }

    [Fact]
    public void A_reference_that_is_missing_is_named()
    {
        Named(() => _scope.Available(null), "available_package_ref", PackageErrorCode.InvalidArgument);
        Named(() => _scope.Installed(null), "installed_package_ref", PackageErrorCode.InvalidArgument);
        Named(() => _scope.Repository(null), "package_repo_ref", PackageErrorCode.InvalidArgument);
    }

    [Fact]
    public void A_plugins_own_service_knows_its_plugin_and_no_other()
    {
        var scope = new FakeServer("a.packages", "b.packages").Scope(only: "b.packages");
        scope.Installed(new InstalledPackageReference { Context = new Context { Namespace = "apps" }, Identifier = "web" }).Plugin.Id.Name.ShouldBe("b.packages");
        Should.Throw<PackageException>(() => scope.Plugin(new Plugin { Name = "a.packages" }, "plugin")).Message.ShouldBe("plugin: there is no plugin 'a.packages' here, but b.packages.");
    }

    private static AvailablePackageReference Available(string plugin, string cluster, string ns, string identifier) =>
        new() { Plugin = new Plugin { Name = plugin }, Context = new Context { Cluster = cluster, Namespace = ns }, Identifier = identifier };

    private static void Named<T>(Func<T> read, string field, PackageErrorCode code)
    {
        var error = Should.Throw<PackageException>(() => _ = read());
        error.Code.ShouldBe(code);
        error.Message.ShouldStartWith($"{field}: ");
    }
}
