using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Selectors;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Authorization;

/// <summary>Fills the rules of cluster roles that have an <c>aggregationRule</c> from the roles it selects.</summary>
internal sealed class ClusterRoleAggregation(ObjectStore store) : IStoreReactor
{
    public void React(StoreChange change)
    {
        if (change.Resource != RbacAuthorizer.ClusterRoles)
        {
            return;
        }

        var roles = store.Snapshot(RbacAuthorizer.ClusterRoles).Objects.Values.ToArray();
        foreach (var role in roles.Where(r => r.Content.Find("aggregationRule").ValueKind == System.Text.Json.JsonValueKind.Object))
        {
            store.Change(RbacAuthorizer.ClusterRoles, role.Key, present =>
            {
                var body = present?.ToJson();
                if (body is not null)
                {
                    body["rules"] = Collect(body, roles);
                }

                return body;
            });
        }
    }

    private static JsonArray Collect(JsonObject aggregate, StoredObject[] roles)
    {
        var selectors = (aggregate.Object("aggregationRule").Array("clusterRoleSelectors") ?? [])
            .Select(s => LabelSelector.FromObject(s as JsonObject)).ToArray();
        var name = aggregate.Metadata().Text("name");
        var rules = new JsonArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in roles.Where(r => r.Key.Name != name && selectors.Any(s => s.Matches(r.Content.Find("metadata", "labels")))))
        {
            foreach (var rule in role.ToJson().Array("rules") ?? [])
            {
                if (seen.Add(JsonText.Canonical(rule)))
                {
                    rules.Add(rule?.DeepClone());
                }
            }
        }

        return rules;
    }
}
