using System.Runtime.CompilerServices;
using System.Text.Json;
using Wego.Kubernetes;
using Wego.Sandbox.Authentication;
using Wego.Sandbox.Json;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Authorization;

/// <summary>Role-based access control, evaluated from the roles and bindings that are in the store at that moment.</summary>
internal sealed class RbacAuthorizer(ObjectStore store)
{
    public const string Group = "rbac.authorization.k8s.io";
    public const string Masters = "system:masters";

    public static readonly GroupResource Roles = new(Group, "roles");
    public static readonly GroupResource RoleBindings = new(Group, "rolebindings");
    public static readonly GroupResource ClusterRoles = new(Group, "clusterroles");
    public static readonly GroupResource ClusterRoleBindings = new(Group, "clusterrolebindings");

    private readonly ConditionalWeakTable<StoredObject, PolicyRule[]> _rules = [];

    public AccessResult Authorize(AccessAttributes attributes)
    {
        if (attributes.User.Groups.Contains(Masters))
        {
            return new AccessResult(true, "");
        }

        foreach (var (rule, origin) in RulesFor(attributes.User, attributes.Namespace))
        {
            if (rule.Allows(attributes))
            {
                return new AccessResult(true, $"RBAC: allowed by {origin}");
            }
        }

        return new AccessResult(false, "");
    }

    /// <summary>Every rule a user has at cluster scope and, unless it is empty, in a namespace, with the binding it comes from.</summary>
    public IEnumerable<(PolicyRule Rule, string Origin)> RulesFor(UserInfo user, string @namespace)
    {
        if (user.Groups.Contains(Masters))
        {
            yield return (new PolicyRule(["*"], ["*"], ["*"], [], []), Masters);
            yield return (new PolicyRule(["*"], [], [], [], ["*"]), Masters);
        }

        foreach (var binding in store.Snapshot(ClusterRoleBindings).Objects.Values)
        {
            foreach (var found in RulesOf(binding, user, "ClusterRoleBinding"))
            {
                yield return found;
            }
        }

        if (@namespace.Length == 0)
        {
            yield break;
        }

        foreach (var binding in store.Snapshot(RoleBindings).Objects.Values)
        {
            if (string.Equals(binding.Key.Namespace, @namespace, StringComparison.Ordinal))
            {
                foreach (var found in RulesOf(binding, user, "RoleBinding"))
                {
                    yield return found;
                }
            }
        }
    }

    private IEnumerable<(PolicyRule Rule, string Origin)> RulesOf(StoredObject binding, UserInfo user, string kind)
    {
        if (Subject(binding.Content, user, binding.Key.Namespace) is not { } subject)
        {
            yield break;
        }

        var roleKind = binding.Content.Text("roleRef", "kind");
        var roleName = binding.Content.Text("roleRef", "name");
        var role = roleKind is "ClusterRole"
            ? store.Get(ClusterRoles, new ObjectKey("", roleName))
            : store.Get(Roles, new ObjectKey(binding.Key.Namespace, roleName));
        if (role is null)
        {
            yield break;
        }

        var name = binding.Key.Namespace.Length == 0 ? binding.Key.Name : $"{binding.Key.Name}/{binding.Key.Namespace}";
        var origin = $"{kind} \"{name}\" of {roleKind} \"{roleName}\" to {subject}";
        foreach (var rule in _rules.GetValue(role, Parse))
        {
            yield return (rule, origin);
        }
    }

    private static PolicyRule[] Parse(StoredObject role) =>
        [.. (role.ToJson().Array("rules") ?? []).Select(PolicyRule.Parse)];

    private static string? Subject(KubernetesObject binding, UserInfo user, string @namespace)
    {
        var subjects = binding.Find("subjects");
        if (subjects.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var subject in subjects.EnumerateArray())
        {
            var entry = new KubernetesObject(subject);
            var name = entry.Text("name");
            switch (entry.Kind)
            {
                case "User" when string.Equals(name, user.Name, StringComparison.Ordinal):
                    return $"User \"{name}\"";
                case "Group" when user.Groups.Contains(name):
                    return $"Group \"{name}\"";
                case "ServiceAccount":
                    var home = entry.Text("namespace") is { Length: > 0 } own ? own : @namespace;
                    if (string.Equals(user.Name, $"system:serviceaccount:{home}:{name}", StringComparison.Ordinal))
                    {
                        return $"ServiceAccount \"{name}/{home}\"";
                    }

                    break;
            }
        }

        return null;
    }
}
