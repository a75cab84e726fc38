using System.Net;

namespace Wego.Sandbox.Tests.Authorization;

public sealed class RbacTests
{
    [Theory]
    [InlineData(SandboxTokens.Admin, "get", "", "secrets", "kube-system", true)]
    [InlineData(SandboxTokens.TeamA, "create", "apps", "deployments", "team-a", true)]
    [InlineData(SandboxTokens.TeamA, "create", "apps", "deployments", "default", false)]
    [InlineData(SandboxTokens.TeamA, "get", "", "secrets", "team-a", true)]
    [InlineData(SandboxTokens.TeamA, "create", "rbac.authorization.k8s.io", "roles", "team-a", false)]
    [InlineData(SandboxTokens.TeamA, "create", "helm.toolkit.fluxcd.io", "helmreleases", "team-a", true)]
    [InlineData(SandboxTokens.TeamA, "list", "", "namespaces", "", false)]
    [InlineData(SandboxTokens.Viewer, "list", "", "configmaps", "", true)]
    [InlineData(SandboxTokens.Viewer, "get", "", "secrets", "default", false)]
    [InlineData(SandboxTokens.Viewer, "update", "", "configmaps", "default", false)]
    [InlineData(SandboxTokens.Viewer, "watch", "helm.toolkit.fluxcd.io", "helmreleases", "", true)]
    [InlineData(SandboxTokens.Service, "watch", "helm.toolkit.fluxcd.io", "helmreleases", "", true)]
    [InlineData(SandboxTokens.Service, "create", "authorization.k8s.io", "subjectaccessreviews", "", false)]
    [InlineData(SandboxTokens.Service, "list", "kubeapps.com", "apprepositories", "", true)]
    [InlineData(SandboxTokens.TeamA, "create", "packaging.carvel.dev", "packagerepositories", "team-a", true)]
    [InlineData(SandboxTokens.TeamA, "update", "kubeapps.com", "apprepositories", "team-a", true)]
    [InlineData(SandboxTokens.TeamA, "create", "packaging.carvel.dev", "packageinstalls", "default", false)]
    [InlineData(SandboxTokens.TeamA, "create", "data.packaging.carvel.dev", "packages", "team-a", false)]
    [InlineData(SandboxTokens.Viewer, "list", "data.packaging.carvel.dev", "packages", "default", true)]
    [InlineData(SandboxTokens.Viewer, "create", "packaging.carvel.dev", "packageinstalls", "team-a", false)]
    [InlineData(SandboxTokens.Service, "delete", "helm.toolkit.fluxcd.io", "helmreleases", "team-a", false)]
    public async Task Each_token_may_what_it_says(string token, string verb, string group, string resource, string @namespace, bool expected)
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new SandboxClient(server, token);

        var (code, body) = await client.PostAsync(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            $$"""{ "spec": { "resourceAttributes": { "verb": "{{verb}}", "group": "{{group}}", "resource": "{{resource}}", "namespace": "{{@namespace}}" } } }""");

        code.ShouldBe(HttpStatusCode.Created);
        body["status"]!["allowed"]!.GetValue<bool>().ShouldBe(expected);
    }

    [Fact]
    public async Task A_label_makes_a_role_part_of_an_aggregate_and_its_removal_takes_it_out()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var admin = new SandboxClient(server);
        using var viewer = new SandboxClient(server, SandboxTokens.Viewer);
        const string roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
        (await viewer.GetAsync("/api/v1/nodes")).Code.ShouldBe(HttpStatusCode.Forbidden);

        await admin.PostAsync(
            roles,
            """
            { "metadata": { "name": "nodes-view", "labels": { "rbac.authorization.k8s.io/aggregate-to-view": "true" } },
              "rules": [{ "apiGroups": [""], "resources": ["nodes"], "verbs": ["list"] }] }
            """);
        (await viewer.GetAsync("/api/v1/nodes")).Code.ShouldBe(HttpStatusCode.OK);

        await admin.SendAsync(HttpMethod.Delete, $"{roles}/nodes-view");
        (await viewer.GetAsync("/api/v1/nodes")).Code.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_service_account_token_has_the_rights_of_the_account_until_it_expires()
    {
        var clock = new FakeTimeProvider();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock }, TestContext.Current.CancellationToken);
        using var admin = new SandboxClient(server);
        const string accounts = "/api/v1/namespaces/default/serviceaccounts";
        await admin.PostAsync(accounts, """{ "metadata": { "name": "robot" } }""");
        var (code, body) = await admin.PostAsync($"{accounts}/robot/token", """{ "spec": { "expirationSeconds": 600 } }""");
        code.ShouldBe(HttpStatusCode.Created);
        using var robot = new SandboxClient(server, body["status"]!["token"]!.GetValue<string>());

        var (who, review) = await robot.PostAsync("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
        who.ShouldBe(HttpStatusCode.Created);
        review["status"]!["userInfo"]!["username"]!.GetValue<string>().ShouldBe("system:serviceaccount:default:robot");
        (await robot.GetAsync("/api/v1/namespaces")).Code.ShouldBe(HttpStatusCode.Forbidden);

        clock.Advance(TimeSpan.FromMinutes(10));
        (await robot.GetAsync("/api/v1/namespaces")).Code.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
