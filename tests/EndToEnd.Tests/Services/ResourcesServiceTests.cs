using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Rpc;
using Wego.Sandbox;

namespace Wego.EndToEnd;

/// <summary>The RPCs of the resources plugin beside <c>GetResources</c>, on a cluster.</summary>
public sealed class ResourcesServiceTests(WegoFixture wego) : IClassFixture<WegoFixture>
{
    [Fact]
    public async Task ANamespaceIsCreatedAndFound()
    {
        using var admin = wego.User(SandboxTokens.Admin);
        var create = new CreateNamespaceRequest { Context = Wire.In("made-here"), Labels = { ["team"] = "b" } };
        await admin.CallAsync<CreateNamespaceResponse>(Wire.Resources("CreateNamespace"), create);

        (await admin.CallAsync<CheckNamespaceExistsResponse>(Wire.Resources("CheckNamespaceExists"), new CheckNamespaceExistsRequest { Context = Wire.In("made-here") })).Exists.ShouldBeTrue();
        (await admin.CallAsync<CheckNamespaceExistsResponse>(Wire.Resources("CheckNamespaceExists"), new CheckNamespaceExistsRequest { Context = Wire.In("not-made") })).Exists.ShouldBeFalse();
        (await admin.CallAsync<GetNamespaceNamesResponse>(Wire.Resources("GetNamespaceNames"), new GetNamespaceNamesRequest { Cluster = "default" })).NamespaceNames.ShouldContain("made-here");
        (await admin.FailAsync(Wire.Resources("CreateNamespace"), create)).Code.ShouldBe(RpcStatusCode.AlreadyExists);
        using var team = wego.User(SandboxTokens.TeamA);
        (await team.FailAsync(Wire.Resources("CreateNamespace"), new CreateNamespaceRequest { Context = Wire.In("refused") })).Code.ShouldBe(RpcStatusCode.PermissionDenied);
    }

    [Fact]
    public async Task WhoMayNotListNamespacesLearnsOfThoseThatAreTheirs()
    {
        using var team = wego.User(SandboxTokens.TeamA);

        var names = await team.CallAsync<GetNamespaceNamesResponse>(Wire.Resources("GetNamespaceNames"), new GetNamespaceNamesRequest());

        names.NamespaceNames.ShouldBe(["team-a"]);
    }

    [Fact]
    public async Task ASecretIsCreatedAndListedByType()
    {
        using var team = wego.User(SandboxTokens.TeamA);
        await team.CallAsync<CreateSecretResponse>(Wire.Resources("CreateSecret"), new CreateSecretRequest
        {
            Context = Wire.In("team-a"),
            Name = "login",
            Type = SecretType.BasicAuth,
            StringData = { ["username"] = "u", ["password"] = "p" },
        });

        var secrets = await team.CallAsync<GetSecretNamesResponse>(Wire.Resources("GetSecretNames"), new GetSecretNamesRequest { Context = Wire.In("team-a") });
        secrets.SecretNames["login"].ShouldBe(SecretType.BasicAuth);
        using var viewer = wego.User(SandboxTokens.Viewer);
        (await viewer.FailAsync(Wire.Resources("GetSecretNames"), new GetSecretNamesRequest { Context = Wire.In("team-a") })).Code.ShouldBe(RpcStatusCode.PermissionDenied);
    }

    [Fact]
    public async Task ServiceAccountsAndRightsAreTold()
    {
        using var team = wego.User(SandboxTokens.TeamA);
        (await team.CallAsync<GetServiceAccountNamesResponse>(Wire.Resources("GetServiceAccountNames"), new GetServiceAccountNamesRequest { Context = Wire.In("team-a") }))
            .ServiceaccountNames.ShouldContain("default");
        (await MayAsync("team-a")).ShouldBeTrue();
        (await MayAsync("default")).ShouldBeFalse();

        async Task<bool> MayAsync(string ns) => (await team.CallAsync<CanIResponse>(
            Wire.Resources("CanI"), new CanIRequest { Context = Wire.In(ns), Group = "apps", Resource = "deployments", Verb = "create" })).Allowed;
    }
}
