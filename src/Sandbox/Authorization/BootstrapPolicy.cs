using System.Text.Json.Nodes;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Authorization;

/// <summary>The roles and bindings every cluster starts with, as far as users meet them.</summary>
internal static class BootstrapPolicy
{
    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = ["create", "delete", "deletecollection", "patch", "update"];
    private static readonly string[] All = [.. Read, .. Write];

    public static IEnumerable<JsonObject> Objects()
    {
        yield return Role("cluster-admin", [Rule(["*"], ["*"], ["*"]), Urls(["*"], ["*"])]);
        yield return Role("system:discovery", [Urls(["get"], ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/"])]);
        yield return Role("system:public-info-viewer", [Urls(["get"], ["/healthz", "/livez", "/readyz", "/version", "/version/"])]);
        yield return Role("system:basic-user",
        [
            Rule(["create"], ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
            Rule(["create"], ["authentication.k8s.io"], ["selfsubjectreviews"]),
        ]);
        yield return Role("system:auth-delegator",
        [
            Rule(["create"], ["authentication.k8s.io"], ["tokenreviews"]),
            Rule(["create"], ["authorization.k8s.io"], ["subjectaccessreviews"]),
        ]);
        yield return Aggregate("admin", ["admin"], []);
        yield return Aggregate("edit", ["edit"], ["admin"]);
        yield return Aggregate("view", ["view"], ["edit"]);
        yield return Role("system:aggregate-to-view", ViewRules(), "view");
        yield return Role("system:aggregate-to-edit", EditRules(), "edit");
        yield return Role("system:aggregate-to-admin", AdminRules(), "admin");
        yield return Binding("cluster-admin", "Group", RbacAuthorizer.Masters);
        yield return Binding("system:discovery", "Group", "system:authenticated");
        yield return Binding("system:basic-user", "Group", "system:authenticated");
        yield return Binding("system:public-info-viewer", "Group", "system:authenticated", "system:unauthenticated");
    }

    /// <summary>A cluster role binding of the same name as its role.</summary>
    public static JsonObject Binding(string role, string subjectKind, params string[] subjects) => new()
    {
        ["apiVersion"] = $"{RbacAuthorizer.Group}/v1",
        ["kind"] = "ClusterRoleBinding",
        ["metadata"] = new JsonObject { ["name"] = role },
        ["roleRef"] = RoleRef(role),
        ["subjects"] = new JsonArray([.. subjects.Select(s => Subject(subjectKind, s))]),
    };

    public static JsonObject RoleRef(string clusterRole) =>
        new() { ["apiGroup"] = RbacAuthorizer.Group, ["kind"] = "ClusterRole", ["name"] = clusterRole };

    public static JsonObject Subject(string kind, string name) =>
        new() { ["apiGroup"] = RbacAuthorizer.Group, ["kind"] = kind, ["name"] = name };

    public static JsonObject Role(string name, IEnumerable<PolicyRule> rules, string? aggregateTo = null)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (aggregateTo is not null)
        {
            metadata["labels"] = new JsonObject { [AggregateLabel(aggregateTo)] = "true" };
        }

        return new JsonObject
        {
            ["apiVersion"] = $"{RbacAuthorizer.Group}/v1",
            ["kind"] = "ClusterRole",
            ["metadata"] = metadata,
            ["rules"] = new JsonArray([.. rules.Select(r => r.ToJson())]),
        };
    }

    public static PolicyRule Rule(string[] verbs, string[] groups, string[] resources) => new(verbs, groups, resources, [], []);

    private static PolicyRule Urls(string[] verbs, string[] urls) => new(verbs, [], [], [], urls);

    private static JsonObject Aggregate(string name, string[] from, string[] into)
    {
        var role = Role(name, []);
        role["aggregationRule"] = new JsonObject
        {
            ["clusterRoleSelectors"] = new JsonArray(
                [.. from.Select(f => new JsonObject { ["matchLabels"] = new JsonObject { [AggregateLabel(f)] = "true" } })]),
        };
        role.Metadata()["labels"] = new JsonObject(into.Where(i => i != name).Select(i => KeyValuePair.Create(AggregateLabel(i), (JsonNode?)"true")));
        return role;
    }

    private static string AggregateLabel(string role) => $"{RbacAuthorizer.Group}/aggregate-to-{role}";

    private static IEnumerable<PolicyRule> ViewRules() =>
    [
        Rule(Read, [""], ["configmaps", "endpoints", "persistentvolumeclaims", "persistentvolumeclaims/status", "pods", "replicationcontrollers", "replicationcontrollers/scale", "serviceaccounts", "services", "services/status"]),
        Rule(Read, [""], ["bindings", "events", "limitranges", "namespaces", "namespaces/status", "pods/log", "pods/status", "replicationcontrollers/status", "resourcequotas", "resourcequotas/status"]),
        Rule(Read, ["discovery.k8s.io"], ["endpointslices"]),
        Rule(Read, ["apps"], ["controllerrevisions", "daemonsets", "daemonsets/status", "deployments", "deployments/scale", "deployments/status", "replicasets", "replicasets/scale", "replicasets/status", "statefulsets", "statefulsets/scale", "statefulsets/status"]),
        Rule(Read, ["autoscaling"], ["horizontalpodautoscalers", "horizontalpodautoscalers/status"]),
        Rule(Read, ["batch"], ["cronjobs", "cronjobs/status", "jobs", "jobs/status"]),
        Rule(Read, ["policy"], ["poddisruptionbudgets", "poddisruptionbudgets/status"]),
        Rule(Read, ["networking.k8s.io"], ["ingresses", "ingresses/status", "networkpolicies"]),
    ];

    private static IEnumerable<PolicyRule> EditRules() =>
    [
        Rule(Read, [""], ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "secrets", "services/proxy"]),
        Rule(["impersonate"], [""], ["serviceaccounts"]),
        Rule(Write, [""], ["pods", "pods/attach", "pods/exec", "pods/portforward", "pods/proxy"]),
        Rule(Write, [""], ["configmaps", "events", "persistentvolumeclaims", "replicationcontrollers", "replicationcontrollers/scale", "secrets", "serviceaccounts", "services", "services/proxy"]),
        Rule(["create"], [""], ["serviceaccounts/token", "pods/eviction"]),
        Rule(Write, ["apps"], ["daemonsets", "deployments", "deployments/rollback", "deployments/scale", "replicasets", "replicasets/scale", "statefulsets", "statefulsets/scale"]),
        Rule(Write, ["autoscaling"], ["horizontalpodautoscalers"]),
        Rule(Write, ["batch"], ["cronjobs", "jobs"]),
        Rule(Write, ["policy"], ["poddisruptionbudgets"]),
        Rule(Write, ["networking.k8s.io"], ["ingresses", "networkpolicies"]),
        Rule(All, ["coordination.k8s.io"], ["leases"]),
    ];

    private static IEnumerable<PolicyRule> AdminRules() =>
    [
        Rule(["create"], ["authorization.k8s.io"], ["localsubjectaccessreviews"]),
        Rule(All, [RbacAuthorizer.Group], ["rolebindings", "roles"]),
    ];
}
