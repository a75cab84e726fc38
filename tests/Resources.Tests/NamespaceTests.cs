using Kubeappsapis.Plugins.Resources.V1Alpha1;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Resources.Tests;

public sealed class NamespaceTests
{
    private readonly ResourcesFixture _fixture = new();

    [Fact]
    public async Task A_namespace_is_created_with_its_labels()
    {
        var request = new CreateNamespaceRequest { Context = ResourcesFixture.In("team-x"), Labels = { ["team"] = "x" } };

        await _fixture.Service.CreateNamespace(request, ResourcesFixture.Call("CreateNamespace"));

        var created = _fixture.Default.Objects.ShouldHaveSingleItem();
        created["metadata"]!["name"]!.GetValue<string>().ShouldBe("team-x");
        created["metadata"]!["labels"]!["team"]!.GetValue<string>().ShouldBe("x");
        _fixture.Default.Calls.ShouldHaveSingleItem().ShouldBe("bearer create namespaces /team-x");
    }

    [Fact]
    public async Task A_namespace_that_is_there_already_exists()
    {
        _fixture.AddNamespace("team-x");

        (await ResourcesFixture.CodeOf(() => _fixture.Service.CreateNamespace(new() { Context = ResourcesFixture.In("team-x") }, ResourcesFixture.Call("CreateNamespace"))))
            .ShouldBe(PackageErrorCode.AlreadyExists);
    }

    [Theory]
    [InlineData("default", true)]
    [InlineData("nowhere", false)]
    public async Task Whether_a_namespace_exists_is_an_answer(string name, bool exists)
    {
        _fixture.AddNamespace("default");

        (await CheckAsync(name)).Exists.ShouldBe(exists);
    }

    [Theory]
    [InlineData(KubernetesFailure.Unauthorized, PackageErrorCode.Unauthenticated)]
    [InlineData(KubernetesFailure.Forbidden, PackageErrorCode.PermissionDenied)]
    [InlineData(KubernetesFailure.Unreachable, PackageErrorCode.Unavailable)]
    public async Task A_login_is_tried_with_the_check(KubernetesFailure failure, PackageErrorCode code)
    {
        _fixture.Default.Fail = _ => failure;

        (await ResourcesFixture.CodeOf(() => CheckAsync("default"))).ShouldBe(code);
    }

    [Fact]
    public async Task A_check_without_a_namespace_is_refused() => (await ResourcesFixture.CodeOf(() => CheckAsync(""))).ShouldBe(PackageErrorCode.InvalidArgument);

    [Fact]
    public async Task The_named_cluster_is_asked()
    {
        await _fixture.Service.CreateNamespace(new() { Context = ResourcesFixture.In("team-x", "other") }, ResourcesFixture.Call("CreateNamespace"));

        _fixture.Other.Objects.ShouldHaveSingleItem();
        _fixture.Default.Calls.ShouldBeEmpty();
    }

    private Task<CheckNamespaceExistsResponse> CheckAsync(string name) =>
        _fixture.Service.CheckNamespaceExists(new() { Context = ResourcesFixture.In(name) }, ResourcesFixture.Call("CheckNamespaceExists"));
}
