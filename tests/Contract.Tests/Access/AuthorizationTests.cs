using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;
using Wego.Testing.ApiServers;

namespace Wego.Contract.Tests.Access;

public sealed class AuthorizationTests(TestServers servers) : ContractTest(servers)
{
    private const string TeamA = $"/api/v1/namespaces/{TestIdentities.TeamANamespace}";

    [Theory, EachServer]
    public async Task A_refusal_names_user_verb_resource_and_scope(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var user = api.Server.Identities.Nobody.UserName;

        var one = await api.Nobody.GetAsync($"{api.ConfigMaps}/a");
        one.ShouldFail(
            HttpStatusCode.Forbidden, "Forbidden",
            $"configmaps \"a\" is forbidden: User \"{user}\" cannot get resource \"configmaps\" in API group \"\" in the namespace \"{api.Namespace}\"");
        one.Body.At("/details").ShouldBeJson("""{ "name": "a", "kind": "configmaps" }""");

        (await api.Nobody.GetAsync($"/apis/{WidgetDefinition.Group}/v1/widgets")).ShouldFail(
            HttpStatusCode.Forbidden, "Forbidden",
            $"widgets.{WidgetDefinition.Group} is forbidden: User \"{user}\" cannot list resource \"widgets\" in API group \"{WidgetDefinition.Group}\" at the cluster scope");
        (await api.Nobody.GetAsync("/metrics")).ShouldFail(
            HttpStatusCode.Forbidden, "Forbidden", $"forbidden: User \"{user}\" cannot get path \"/metrics\"");
    }

    [Theory, EachServer]
    public async Task Each_verb_is_checked(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");
        var path = $"{api.ConfigMaps}/a";

        foreach (var (response, verb) in ((ApiResponse, string)[])
        [
            (await api.Nobody.GetAsync(path), "get"),
            (await api.Nobody.GetAsync(api.ConfigMaps), "list"),
            (await api.Nobody.GetAsync($"{api.ConfigMaps}?watch=true"), "watch"),
            (await api.Nobody.PostAsync(api.ConfigMaps, """{ "metadata": { "name": "b" } }"""), "create"),
            (await api.Nobody.PutAsync(path, """{ "metadata": { "name": "a" } }"""), "update"),
            (await api.Nobody.PatchAsync(path, ApiClient.MergePatch, "{}"), "patch"),
            (await api.Nobody.DeleteAsync(path), "delete"),
            (await api.Nobody.DeleteAsync(api.ConfigMaps), "deletecollection"),
        ])
        {
            response.ShouldFail(HttpStatusCode.Forbidden, "Forbidden", $"cannot {verb} resource \"configmaps\"");
        }
    }

    [Theory, EachServer]
    public async Task A_missing_object_is_forbidden_too(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await api.Nobody.GetAsync($"{api.ConfigMaps}/missing")).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
        (await api.Nobody.GetAsync("/api/v1/namespaces/missing/configmaps/missing")).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
    }

    [Theory, EachServer]
    public async Task Edit_in_one_namespace_is_nothing_elsewhere(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var name = api.Namespace;

        (await api.TeamA.PostAsync($"{TeamA}/configmaps", $$"""{ "metadata": { "name": "{{name}}" } }""")).ShouldBe(HttpStatusCode.Created);
        (await api.TeamA.PostAsync($"{TeamA}/secrets", $$"""{ "metadata": { "name": "{{name}}" } }""")).ShouldBe(HttpStatusCode.Created);
        (await api.TeamA.GetAsync($"{TeamA}/secrets/{name}")).ShouldBe(HttpStatusCode.OK);
        (await api.TeamA.DeleteAsync($"{TeamA}/secrets/{name}")).ShouldBe(HttpStatusCode.OK);
        (await api.TeamA.DeleteAsync($"{TeamA}/configmaps/{name}")).ShouldBe(HttpStatusCode.OK);

        (await api.TeamA.GetAsync(api.ConfigMaps)).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
        (await api.TeamA.GetAsync("/api/v1/configmaps")).ShouldFail(HttpStatusCode.Forbidden, "Forbidden", "at the cluster scope");
        (await api.TeamA.GetAsync("/api/v1/namespaces")).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
        (await api.TeamA.PostAsync(
            $"/apis/rbac.authorization.k8s.io/v1/namespaces/{TestIdentities.TeamANamespace}/roles", $$"""{ "metadata": { "name": "{{name}}" } }"""))
            .ShouldFail(HttpStatusCode.Forbidden, "Forbidden", "cannot create resource \"roles\"");
    }

    [Theory, EachServer]
    public async Task View_reads_everything_but_secrets_and_writes_nothing(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("a");

        (await api.Viewer.GetAsync($"{api.ConfigMaps}/a")).ShouldBe(HttpStatusCode.OK);
        (await api.Viewer.GetAsync("/api/v1/configmaps?limit=1")).ShouldBe(HttpStatusCode.OK);
        (await api.Viewer.GetAsync("/api/v1/namespaces")).ShouldBe(HttpStatusCode.OK);
        (await api.Viewer.GetAsync($"/apis/apps/v1/namespaces/{api.Namespace}/deployments")).ShouldBe(HttpStatusCode.OK);
        (await api.Viewer.GetAsync(api.Secrets)).ShouldFail(HttpStatusCode.Forbidden, "Forbidden", "cannot list resource \"secrets\"");
        (await api.Viewer.GetAsync($"{api.Secrets}/a")).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
        (await api.Viewer.DeleteAsync($"{api.ConfigMaps}/a")).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
        (await api.Viewer.GetAsync(api.Widgets)).ShouldFail(HttpStatusCode.Forbidden, "Forbidden", $"cannot list resource \"widgets\" in API group \"{WidgetDefinition.Group}\"");
    }

    [Theory, EachServer]
    public async Task A_role_with_resource_names_grants_those_only(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await api.CreateConfigMapAsync("open");
        await api.CreateConfigMapAsync("closed");
        await GrantAsync(api, """ "apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["open"], "verbs": ["get", "list", "watch", "patch"] """);

        (await api.Nobody.GetAsync($"{api.ConfigMaps}/open")).ShouldBe(HttpStatusCode.OK);
        (await api.Nobody.PatchAsync($"{api.ConfigMaps}/open", ApiClient.MergePatch, """{ "data": { "x": "1" } }""")).ShouldBe(HttpStatusCode.OK);
        (await api.Nobody.GetAsync($"{api.ConfigMaps}/closed")).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
        (await api.Nobody.GetAsync(api.ConfigMaps)).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
        (await api.Nobody.GetAsync($"{api.ConfigMaps}?fieldSelector=metadata.name=open")).ShouldBe(HttpStatusCode.OK).ItemNames.ShouldBe(["open"]);
    }

    [Theory, EachServer]
    public async Task A_subresource_is_granted_by_its_own_name(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        (await api.Admin.PostAsync(
            api.Widgets, $$"""{ "apiVersion": "{{WidgetDefinition.Group}}/v1", "kind": "Widget", "metadata": { "name": "w" }, "spec": { "size": 1 } }"""))
            .ShouldBe(HttpStatusCode.Created);
        await GrantAsync(api, $""" "apiGroups": ["{WidgetDefinition.Group}"], "resources": ["widgets/status"], "verbs": ["*"] """);

        (await api.Nobody.PatchAsync($"{api.Widgets}/w/status", ApiClient.MergePatch, """{ "status": { "observedGeneration": 1 } }""")).ShouldBe(HttpStatusCode.OK);
        (await api.Nobody.PatchAsync($"{api.Widgets}/w", ApiClient.MergePatch, "{}")).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
        (await api.Nobody.GetAsync($"{api.Widgets}/w")).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
    }

    [Theory, EachServer]
    public async Task A_right_ends_with_its_binding(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await GrantAsync(api, """ "apiGroups": [""], "resources": ["*"], "verbs": ["list"] """);
        (await api.Nobody.GetAsync(api.ConfigMaps)).ShouldBe(HttpStatusCode.OK);

        (await api.Admin.DeleteAsync($"{Roles(api)}/rolebindings/granted")).ShouldBe(HttpStatusCode.OK);

        await Eventually.HoldsAsync(async () => (await api.Nobody.GetAsync(api.ConfigMaps)).Status == HttpStatusCode.Forbidden);
    }

    [Theory, EachServer]
    public async Task Nobody_grants_more_than_they_have(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        await GrantAsync(api, """ "apiGroups": ["rbac.authorization.k8s.io"], "resources": ["roles"], "verbs": ["create"] """);

        var response = await api.Nobody.PostAsync(
            $"{Roles(api)}/roles", """{ "metadata": { "name": "more" }, "rules": [{ "apiGroups": [""], "resources": ["secrets"], "verbs": ["get"] }] }""");

        response.ShouldFail(HttpStatusCode.Forbidden, "Forbidden", "is attempting to grant RBAC permissions not currently held");
    }

    private static string Roles(ApiScope api) => $"/apis/rbac.authorization.k8s.io/v1/namespaces/{api.Namespace}";

    /// <summary>Grants a rule to "nobody" in the test's namespace and waits until the server acts on it.</summary>
    private static async Task GrantAsync(ApiScope api, string rule)
    {
        (await api.Admin.PostAsync($"{Roles(api)}/roles", $$"""{ "metadata": { "name": "granted" }, "rules": [{ {{rule}} }] }""")).ShouldBe(HttpStatusCode.Created);
        (await api.Admin.PostAsync(
            $"{Roles(api)}/rolebindings",
            $$"""
            {
              "metadata": { "name": "granted" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "granted" },
              "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "{{api.Server.Identities.Nobody.UserName}}" }]
            }
            """)).ShouldBe(HttpStatusCode.Created);
        await Eventually.HoldsAsync(async () =>
        {
            var review = await api.Nobody.PostAsync(
                "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                $$"""{ "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "spec": { "namespace": "{{api.Namespace}}" } }""");

            // What every user has is the self reviews.
            var rules = review.Body.At("/status/resourceRules")!.AsArray();
            return rules.Any(rule => !rule.Texts("/resources").All(resource => resource.StartsWith("self", StringComparison.Ordinal)));
        });
    }
}
