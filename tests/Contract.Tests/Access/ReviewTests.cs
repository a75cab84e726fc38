using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;
using Wego.Testing.ApiServers;

namespace Wego.Contract.Tests.Access;

public sealed class ReviewTests(TestServers servers) : ContractTest(servers)
{
    private const string Group = "/apis/authorization.k8s.io/v1";

    [Theory, EachServer]
    public async Task A_self_review_answers_for_the_caller(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        foreach (var (client, attributes, allowed) in ((ApiClient, string, bool)[])
        [
            (api.Admin, """ "verb": "delete", "resource": "namespaces" """, true),
            (api.TeamA, $$""" "namespace": "{{TestIdentities.TeamANamespace}}", "verb": "create", "resource": "secrets" """, true),
            (api.TeamA, $$""" "namespace": "{{api.Namespace}}", "verb": "get", "resource": "configmaps" """, false),
            (api.TeamA, $$""" "namespace": "{{TestIdentities.TeamANamespace}}", "verb": "update", "group": "apps", "resource": "deployments" """, true),
            (api.TeamA, """ "verb": "list", "resource": "configmaps" """, false),
            (api.Viewer, """ "verb": "list", "resource": "configmaps" """, true),
            (api.Viewer, """ "verb": "get", "resource": "secrets", "name": "a" """, false),
            (api.Viewer, """ "verb": "get", "resource": "pods", "subresource": "log" """, true),
            (api.Nobody, """ "verb": "*", "group": "*", "resource": "*" """, false),
            (api.Admin, """ "verb": "*", "group": "*", "resource": "*" """, true),
        ])
        {
            var review = await ReviewAsync(client, $$""" "resourceAttributes": { {{attributes}} } """);
            review.ShouldBe(HttpStatusCode.Created).Body.At("/status/allowed")!.GetValue<bool>().ShouldBe(allowed, attributes);
            review.Body.Text("/kind").ShouldBe("SelfSubjectAccessReview");
        }
    }

    [Theory, EachServer]
    public async Task A_self_review_knows_paths(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await ReviewAsync(api.Nobody, """ "nonResourceAttributes": { "verb": "get", "path": "/version" } """)).Body.At("/status/allowed")!.GetValue<bool>().ShouldBeTrue();
        (await ReviewAsync(api.Nobody, """ "nonResourceAttributes": { "verb": "get", "path": "/metrics" } """)).Body.At("/status/allowed")!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory, EachServer]
    public async Task A_self_review_asks_for_exactly_one_thing(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        (await ReviewAsync(api.Nobody, "")).ShouldFail((HttpStatusCode)422, "Invalid", "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }

    [Theory, EachServer]
    public async Task A_rules_review_lists_what_the_caller_may(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var review = await api.TeamA.PostAsync(
            $"{Group}/selfsubjectrulesreviews",
            $$"""{ "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "spec": { "namespace": "{{TestIdentities.TeamANamespace}}" } }""");

        var rules = review.ShouldBe(HttpStatusCode.Created).Body.At("/status/resourceRules")!.AsArray();
        rules.ShouldContain(rule => rule.Texts("/resources").Contains("secrets") && rule.Texts("/verbs").Contains("create"));
        review.Body.At("/status/nonResourceRules")!.AsArray().ShouldContain(rule => rule.Texts("/nonResourceURLs").Contains("/version"));
        review.Body.At("/status/incomplete")!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory, EachServer]
    public async Task A_subject_review_answers_for_somebody_else(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var body = $$"""
            {
              "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
              "spec": { "user": "{{api.Server.Identities.Viewer.UserName}}", "resourceAttributes": { "verb": "list", "resource": "configmaps" } }
            }
            """;

        (await api.Admin.PostAsync($"{Group}/subjectaccessreviews", body)).ShouldBe(HttpStatusCode.Created).Body.At("/status/allowed")!.GetValue<bool>().ShouldBeTrue();
        (await api.Viewer.PostAsync($"{Group}/subjectaccessreviews", body)).ShouldFail(HttpStatusCode.Forbidden, "Forbidden");
    }

    private static Task<ApiResponse> ReviewAsync(ApiClient client, string spec) => client.PostAsync(
        $"{Group}/selfsubjectaccessreviews", $$"""{ "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "spec": { {{spec}} } }""");
}
