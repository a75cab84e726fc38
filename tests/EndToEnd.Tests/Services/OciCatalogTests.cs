using Google.Protobuf;
using Google.Protobuf.Reflection;
using Kubeappsapis.Core.Packages.V1Alpha1;
using Kubeappsapis.Core.Plugins.V1Alpha1;
using Microsoft.AspNetCore.Http;
using Ocicatalog.V1Alpha1;
using Wego.Rpc;
using Wego.Rpc.Client;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>Registries are listed for those who have to do with them, and for nobody else.</summary>
public sealed class OciCatalogTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    private const string AuthorizationOfAda = "Basic YWRhOnBhNTU=";

    private static readonly Plugin Helm = new() { Name = "helm.packages", Version = "v1alpha1" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RpcClientProtocol.Grpc)]
    [InlineData(RpcClientProtocol.Connect)]
    public async Task RegistryOfARepositoryIsListedForWhoMaySeeTheRepository(RpcClientProtocol protocol)
    {
        await using var registry = await StartRegistryAsync();
        using var teamA = wego.User(SandboxTokens.TeamA, protocol);
        var name = $"oci-{protocol}".ToLowerInvariant();
        await AddAsync(teamA, name, $"http://{registry.Address.Authority}/charts");
        try
        {
            (await RepositoriesAsync(teamA, registry, "charts")).ShouldBe(["charts: team/web", "charts: web"]);
            (await RepositoriesAsync(teamA, registry, "/charts/team/")).ShouldBe(["charts/team: web"]);
            (await RepositoriesAsync(teamA, registry, "")).ShouldBe([": charts/team/web", ": charts/web", ": images/web"]);
            (await RepositoriesAsync(teamA, registry, "", "helm")).ShouldBe([": charts/team/web", ": charts/web"]);
            (await TagsAsync(teamA, registry, "charts", "team/web")).ShouldBe(["1.0.0", "latest"]);
            (await TagsAsync(teamA, registry, "", "charts/web")).ShouldBe(["1.0.0", "latest"]);

        }
        finally
        {
            await RemoveAsync(teamA, name);
        }

        var error = await FailAsync(RepositoriesAsync(teamA, registry, "charts"));
        error.Code.ShouldBe(RpcStatusCode.PermissionDenied);
        error.Message.ShouldContain("Wego:OciCatalog:AllowedRegistries");
    }

    [Fact]
    public async Task RegistryOfARepositoryThatTheCallerMayNotSeeIsRefused()
    {
        await using var registry = await StartRegistryAsync();
        using var admin = wego.User(SandboxTokens.Admin);
        using var teamA = wego.User(SandboxTokens.TeamA);
        await AddAsync(admin, "hidden", $"http://{registry.Address.Authority}/charts", ns: "default");
        try
        {
            (await RepositoriesAsync(admin, registry, "charts")).Count().ShouldBe(2);
            (await FailAsync(RepositoriesAsync(teamA, registry, "charts"))).Code.ShouldBe(RpcStatusCode.PermissionDenied);
            (await FailAsync(TagsAsync(teamA, registry, "charts", "web"))).Code.ShouldBe(RpcStatusCode.PermissionDenied);
        }
        finally
        {
            await RemoveAsync(admin, "hidden", "default");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a-token-that-nobody-has")]
    public async Task CallersWithoutAValidTokenAreTurnedAway(string? token)
    {
        await using var fixture = await WegoFixture.StartAsync(null, "Wego:OciCatalog:AllowedRegistries:0=127.0.0.1:1");
        using var nobody = fixture.User(token);
        (await FailAsync(CollectAsync<Repository>(nobody, "ListRepositoriesForRegistry", new ListRepositoriesForRegistryRequest { Registry = "127.0.0.1:1" })))
            .Code.ShouldBe(RpcStatusCode.Unauthenticated);
    }

    [Fact]
    public async Task AllowedRegistryIsAskedForEveryCaller()
    {
        await using var fixture = await WegoFixture.StartAsync(null, "Wego:OciCatalog:AllowedRegistries:0=127.0.0.1:1");
        using var viewer = fixture.User(SandboxTokens.Viewer);
        // Nobody listens there, which only who tries finds out.
        (await FailAsync(CollectAsync<Repository>(viewer, "ListRepositoriesForRegistry", new ListRepositoriesForRegistryRequest { Registry = "127.0.0.1:1" })))
            .Code.ShouldBe(RpcStatusCode.Unavailable);
    }

    [Fact]
    public async Task PrivateRegistryIsReadWithTheSecretOfTheRepository()
    {
        await using var registry = await StartRegistryAsync(AuthorizationOfAda);
        using var teamA = wego.User(SandboxTokens.TeamA);
        await AddAsync(teamA, "private", $"http://{registry.Address.Authority}/charts", AuthorizationOfAda);
        try
        {
            (await RepositoriesAsync(teamA, registry, "charts")).ShouldBe(["charts: team/web", "charts: web"]);
        }
        finally
        {
            await RemoveAsync(teamA, "private");
        }
    }

    [Fact]
    public async Task FailuresOfTheRegistryAreToldPrecisely()
    {
        await using var registry = await StartRegistryAsync();
        using var teamA = wego.User(SandboxTokens.TeamA);
        await AddAsync(teamA, "failing", $"http://{registry.Address.Authority}/charts");
        try
        {
            (await FailAsync(TagsAsync(teamA, registry, "charts", "missing"))).Code.ShouldBe(RpcStatusCode.NotFound);

            registry.Answer(http =>
            {
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                http.Response.Headers.RetryAfter = "30";
                return Task.CompletedTask;
            });
            var throttled = await FailAsync(RepositoriesAsync(teamA, registry, "charts"));
            throttled.Code.ShouldBe(RpcStatusCode.ResourceExhausted);
            throttled.Message.ShouldContain("30s");
        }
        finally
        {
            await RemoveAsync(teamA, "failing");
        }
    }

    [Theory]
    [InlineData("", "", "registry: ")]
    [InlineData("http://registry.test", "", "registry: ")]
    [InlineData("registry.test/path", "", "registry: ")]
    [InlineData("user@registry.test", "", "registry: ")]
    [InlineData("registry.test:0", "", "registry: ")]
    [InlineData("registry.test:99999", "", "registry: ")]
    [InlineData("registry.test#", "", "registry: ")]
    [InlineData("registry.test", "a/../../b", "namespace: ")]
    [InlineData("registry.test", "a?b", "namespace: ")]
    [InlineData("registry.test", "a//b", "namespace: ")]
    public async Task WhatNamesNoRegistryOrPathIsRefused(string registry, string ns, string field)
    {
        using var teamA = wego.User(SandboxTokens.TeamA);
        var error = await FailAsync(CollectAsync<Repository>(teamA, "ListRepositoriesForRegistry", new ListRepositoriesForRegistryRequest { Registry = registry, Namespace = ns }));
        error.Code.ShouldBe(RpcStatusCode.InvalidArgument);
        error.Message.ShouldStartWith(field);
    }

    [Fact]
    public async Task FieldsThatCannotBeServedAreRefused()
    {
        using var teamA = wego.User(SandboxTokens.TeamA);
        (await FailAsync(CollectAsync<Repository>(teamA, "ListRepositoriesForRegistry", new ListRepositoriesForRegistryRequest { Registry = "registry.test", KubernetesSecret = "x" })))
            .Message.ShouldStartWith("kubernetes_secret: ");
        (await FailAsync(CollectAsync<Repository>(teamA, "ListRepositoriesForRegistry", new ListRepositoriesForRegistryRequest { Registry = "registry.test", RegistryProvider = RegistryProvider.DockerHub })))
            .Message.ShouldStartWith("registry_provider: ");
        (await FailAsync(CollectAsync<Tag>(teamA, "ListTagsForRepository", new ListTagsForRepositoryRequest())))
            .Message.ShouldStartWith("repository: ");
        (await FailAsync(CollectAsync<Tag>(teamA, "ListTagsForRepository", new ListTagsForRepositoryRequest { Repository = new Repository { Registry = "registry.test" } })))
            .Message.ShouldStartWith("repository.name: ");
    }

    [Fact]
    public async Task ItIsNoPlugin()
    {
        using var teamA = wego.User(SandboxTokens.TeamA);
        var plugins = await teamA.CallAsync<GetConfiguredPluginsResponse>(Wire.Plugins("GetConfiguredPlugins"), new GetConfiguredPluginsRequest());
        plugins.Plugins.ShouldNotContain(p => p.Name.Contains("oci", StringComparison.OrdinalIgnoreCase));
        plugins.Plugins.ShouldContain(Helm);
    }

    private static MethodDescriptor Method(string name) => OcicatalogReflection.Descriptor.Services.Single().FindMethodByName(name);

    private static Task<RpcException> FailAsync(Task call) => Should.ThrowAsync<RpcException>(call);

    private static async Task<List<T>> CollectAsync<T>(User user, string method, IMessage request)
        where T : class, IMessage<T> => await user.StreamAsync<T>(Method(method), request, Cancellation).ToListAsync(Cancellation);

    private static async Task<IEnumerable<string>> RepositoriesAsync(User user, ChartServer registry, string ns, params string[] types)
    {
        var request = new ListRepositoriesForRegistryRequest { Registry = registry.Address.Authority, Namespace = ns, ContentTypes = { types } };
        var found = await CollectAsync<Repository>(user, "ListRepositoriesForRegistry", request);
        found.ShouldAllBe(r => r.Registry == registry.Address.Authority);
        return found.Select(r => $"{r.Namespace}: {r.Name}");
    }

    private static async Task<IEnumerable<string>> TagsAsync(User user, ChartServer registry, string ns, string name)
    {
        var repository = new Repository { Registry = registry.Address.Authority, Namespace = ns, Name = name };
        var found = await CollectAsync<Tag>(user, "ListTagsForRepository", new ListTagsForRepositoryRequest { Repository = repository });
        return found.Select(t => t.Name);
    }

    private static Task AddAsync(User user, string name, string url, string? authorization = null, string ns = "team-a")
    {
        var request = new AddPackageRepositoryRequest { Context = Wire.In(ns), Name = name, Type = "oci", Url = url, NamespaceScoped = true, Interval = "10m", Plugin = Helm };
        if (authorization is not null)
        {
            request.Auth = new PackageRepositoryAuth { Type = PackageRepositoryAuth.Types.PackageRepositoryAuthType.AuthorizationHeader, Header = authorization };
        }

        return user.CallAsync<AddPackageRepositoryResponse>(Wire.Repositories("AddPackageRepository"), request);
    }

    private static Task RemoveAsync(User user, string name, string ns = "team-a") => user.CallAsync<DeletePackageRepositoryResponse>(
        Wire.Repositories("DeletePackageRepository"),
        new DeletePackageRepositoryRequest { PackageRepoRef = new PackageRepositoryReference { Context = Wire.In(ns), Identifier = name, Plugin = Helm } });

    // Three repositories, each with the tags 1.0.0 and latest.
    private static async Task<ChartServer> StartRegistryAsync(string? authorization = null)
    {
        var server = await ChartServer.StartAsync();
        server.Answer(http =>
        {
            if (authorization is not null && http.Request.Headers.Authorization != authorization)
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                http.Response.Headers.WWWAuthenticate = "Basic realm=\"registry\"";
                return Task.CompletedTask;
            }

            var kind = http.Request.Path.Value!.StartsWith("/v2/images/", StringComparison.Ordinal) ? "application/vnd.oci.image.config.v1+json" : "application/vnd.cncf.helm.config.v1+json";
            var text = http.Request.Path.Value switch
            {
                "/v2/" => "{}",
                "/v2/_catalog" => """{"repositories": ["charts/team/web", "charts/web", "images/web"]}""",
                "/v2/charts/team/web/tags/list" or "/v2/charts/web/tags/list" or "/v2/images/web/tags/list" => """{"tags": ["1.0.0", "latest"]}""",
                var path when path!.EndsWith("/manifests/1.0.0", StringComparison.Ordinal) => $$$"""{"schemaVersion": 2, "config": {"mediaType": "{{{kind}}}"}, "layers": []}""",
                _ => "",
            };
            http.Response.StatusCode = text.Length > 0 ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            return http.Response.WriteAsync(text, http.RequestAborted);
        });
        return server;
    }
}
