using System.Text;
using System.Text.Json.Nodes;
using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Resources.Tests;

public sealed class SecretTests
{
    private readonly ResourcesFixture _fixture = new();

    [Theory]
    [InlineData(SecretType.OpaqueUnspecified, "Opaque")]
    [InlineData(SecretType.ServiceAccountToken, "kubernetes.io/service-account-token")]
    [InlineData(SecretType.DockerConfig, "kubernetes.io/dockercfg")]
    [InlineData(SecretType.DockerConfigJson, "kubernetes.io/dockerconfigjson")]
    [InlineData(SecretType.BasicAuth, "kubernetes.io/basic-auth")]
    [InlineData(SecretType.SshAuth, "kubernetes.io/ssh-auth")]
    [InlineData(SecretType.Tls, "kubernetes.io/tls")]
    [InlineData(SecretType.BootstrapToken, "bootstrap.kubernetes.io/token")]
    public async Task Each_type_is_created_and_listed_as_itself(SecretType type, string kubernetes)
    {
        var request = new CreateSecretRequest { Context = ResourcesFixture.In("team-a"), Name = "mine", Type = type, StringData = { ["key"] = "välue" } };

        await _fixture.Service.CreateSecret(request, ResourcesFixture.Call("CreateSecret"));

        var created = _fixture.Default.Objects.ShouldHaveSingleItem();
        created["type"]!.GetValue<string>().ShouldBe(kubernetes);
        Encoding.UTF8.GetString(Convert.FromBase64String(created["data"]!["key"]!.GetValue<string>())).ShouldBe("välue");
        (await ListAsync()).SecretNames.ShouldBe(new Dictionary<string, SecretType> { ["mine"] = type }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_type_of_somebody_elses_making_appears_as_opaque()
    {
        _fixture.Default.Add(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = "release", ["namespace"] = "team-a" },
            ["type"] = "helm.sh/release.v1",
        });

        (await ListAsync()).SecretNames["release"].ShouldBe(SecretType.OpaqueUnspecified);
    }

    [Fact]
    public async Task More_secrets_than_a_page_holds_are_all_listed()
    {
        for (var i = 0; i < 1201; i++)
        {
            _fixture.Default.Add(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Secret",
                ["metadata"] = new JsonObject { ["name"] = $"s{i:0000}", ["namespace"] = "team-a" },
            });
        }

        (await ListAsync()).SecretNames.Count.ShouldBe(1201);
    }

    [Fact]
    public async Task A_number_that_is_no_type_is_refused()
    {
        var request = new CreateSecretRequest { Context = ResourcesFixture.In("team-a"), Name = "mine", Type = (SecretType)42 };

        (await ResourcesFixture.CodeOf(() => _fixture.Service.CreateSecret(request, ResourcesFixture.Call("CreateSecret")))).ShouldBe(PackageErrorCode.InvalidArgument);
    }

    [Fact]
    public async Task A_secret_needs_a_name()
    {
        var request = new CreateSecretRequest { Context = ResourcesFixture.In("team-a") };

        (await ResourcesFixture.CodeOf(() => _fixture.Service.CreateSecret(request, ResourcesFixture.Call("CreateSecret")))).ShouldBe(PackageErrorCode.InvalidArgument);
    }

    [Fact]
    public async Task What_is_forbidden_is_said_to_be()
    {
        _fixture.Default.Fail = _ => KubernetesFailure.Forbidden;

        (await ResourcesFixture.CodeOf(ListAsync)).ShouldBe(PackageErrorCode.PermissionDenied);
    }

    [Fact]
    public async Task Service_accounts_are_listed()
    {
        foreach (var name in new[] { "default", "deployer" })
        {
            _fixture.Default.Add(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "ServiceAccount",
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "team-a" },
            });
        }

        var response = await _fixture.Service.GetServiceAccountNames(new() { Context = ResourcesFixture.In("team-a") }, ResourcesFixture.Call("GetServiceAccountNames"));

        response.ServiceaccountNames.ShouldBe(["default", "deployer"]);
    }

    private Task<GetSecretNamesResponse> ListAsync() =>
        _fixture.Service.GetSecretNames(new() { Context = ResourcesFixture.In("team-a") }, ResourcesFixture.Call("GetSecretNames"));
}
