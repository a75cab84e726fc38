using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Operations;
using Wego.Sandbox.Serving;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Authorization;

/// <summary>Nobody grants rights they do not hold, unless they may <c>escalate</c> the role or <c>bind</c> it.</summary>
internal sealed class EscalationCheck(RbacAuthorizer authorizer, ObjectStore store) : IObjectCheck
{
    public IEnumerable<FieldError> Check(WriteRequest request, JsonObject body, JsonObject? before)
    {
        if (request.Resource.Group == RbacAuthorizer.Group && !request.User.Groups.Contains(RbacAuthorizer.Masters))
        {
            var isRole = request.Resource.Resource is "roles" or "clusterroles";
            if (isRole ? !JsonNode.DeepEquals(before?["rules"], body["rules"]) || body.ContainsKey("aggregationRule") : !JsonNode.DeepEquals(before, body))
            {
                Demand(request, isRole ? RulesOf(body) : RulesOfBound(request, body), isRole ? May(request, "escalate", request.GroupResource, request.Name) : MayBind(request, body));
            }
        }

        return [];
    }

    private void Demand(WriteRequest request, IEnumerable<PolicyRule> rules, bool exempt)
    {
        if (exempt)
        {
            return;
        }

        var held = authorizer.RulesFor(request.User, request.Namespace).Select(r => r.Rule).ToArray();
        var missing = rules.Where(rule => !rule.Split(request.User, request.Namespace).All(a => held.Any(h => h.Allows(a)))).ToArray();
        if (missing.Length > 0)
        {
            var groups = string.Join(", ", request.User.Groups.Select(g => $"\"{g}\""));
            throw ApiErrors.Forbidden(
                request.GroupResource,
                request.Name,
                $"user \"{request.User.Name}\" (groups=[{groups}]) is attempting to grant RBAC permissions not currently held:\n{string.Join('\n', missing.Select(m => m.Describe()))}");
        }
    }

    private static IEnumerable<PolicyRule> RulesOf(JsonObject role) => (role.Array("rules") ?? []).Select(PolicyRule.Parse);

    private IEnumerable<PolicyRule> RulesOfBound(WriteRequest request, JsonObject binding)
    {
        var reference = binding.Object("roleRef");
        var role = store.Get(
            reference.Text("kind") is "ClusterRole" ? RbacAuthorizer.ClusterRoles : RbacAuthorizer.Roles,
            new ObjectKey(reference.Text("kind") is "ClusterRole" ? "" : request.Namespace, reference.Text("name") ?? ""));
        return role is null ? [] : RulesOf(role.ToJson());
    }

    private bool MayBind(WriteRequest request, JsonObject binding)
    {
        var reference = binding.Object("roleRef");
        return May(request, "bind", reference.Text("kind") is "ClusterRole" ? RbacAuthorizer.ClusterRoles : RbacAuthorizer.Roles, reference.Text("name") ?? "");
    }

    private bool May(WriteRequest request, string verb, GroupResource resource, string name) => authorizer.Authorize(new AccessAttributes
    {
        User = request.User,
        Verb = verb,
        Group = resource.Group,
        Resource = resource.Resource,
        Namespace = request.Namespace,
        Name = name,
    }).Allowed;
}
