using System.Text.Json.Nodes;
using Wego.Sandbox.Authentication;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Authorization;

/// <summary>One rule of a role.</summary>
internal sealed record PolicyRule(
    IReadOnlyList<string> Verbs,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Resources,
    IReadOnlyList<string> ResourceNames,
    IReadOnlyList<string> NonResourceUrls)
{
    public static PolicyRule Parse(JsonNode? rule) => new(
        [.. rule.Strings("verbs")],
        [.. rule.Strings("apiGroups")],
        [.. rule.Strings("resources")],
        [.. rule.Strings("resourceNames")],
        [.. rule.Strings("nonResourceURLs")]);

    public bool Allows(AccessAttributes attributes)
    {
        if (!Has(Verbs, attributes.Verb))
        {
            return false;
        }

        return attributes.NonResourcePath.Length > 0
            ? NonResourceUrls.Any(url => MatchesPath(url, attributes.NonResourcePath))
            : Has(Groups, attributes.Group) && MatchesResource(attributes)
                && (ResourceNames.Count == 0 || (attributes.Name.Length > 0 && ResourceNames.Contains(attributes.Name)));
    }

    /// <summary>The single questions a holder of this rule could answer with yes.</summary>
    public IEnumerable<AccessAttributes> Split(UserInfo user, string @namespace)
    {
        foreach (var verb in Verbs)
        {
            foreach (var url in NonResourceUrls)
            {
                yield return new AccessAttributes { User = user, Verb = verb, NonResourcePath = url };
            }

            foreach (var group in Groups)
            {
                foreach (var resource in Resources)
                {
                    var parts = resource.Split('/', 2);
                    foreach (var name in ResourceNames.DefaultIfEmpty(""))
                    {
                        yield return new AccessAttributes
                        {
                            User = user,
                            Verb = verb,
                            Group = group,
                            Resource = parts[0],
                            Subresource = parts.Length > 1 ? parts[1] : "",
                            Namespace = @namespace,
                            Name = name,
                        };
                    }
                }
            }
        }
    }

    /// <summary>The rule as error messages show it.</summary>
    public string Describe()
    {
        var parts = new (string Name, IReadOnlyList<string> Values)[]
        {
            ("APIGroups", Groups), ("Resources", Resources), ("ResourceNames", ResourceNames), ("NonResourceURLs", NonResourceUrls), ("Verbs", Verbs),
        };
        return $"{{{string.Join(", ", parts.Where(p => p.Values.Count > 0).Select(p => $"{p.Name}:[{string.Join(", ", p.Values.Select(v => $"\"{v}\""))}]"))}}}";
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["verbs"] = Verbs.ToJsonArray() };
        Add("apiGroups", Groups);
        Add("resources", Resources);
        Add("resourceNames", ResourceNames);
        Add("nonResourceURLs", NonResourceUrls);
        return json;

        void Add(string name, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                json[name] = values.ToJsonArray();
            }
        }
    }

    private static bool Has(IReadOnlyList<string> values, string value) => values.Contains("*") || values.Contains(value);

    private static bool MatchesPath(string rule, string path) =>
        rule is "*" || string.Equals(rule, path, StringComparison.Ordinal)
        || (rule.EndsWith('*') && path.StartsWith(rule.TrimEnd('*'), StringComparison.Ordinal));

    private bool MatchesResource(AccessAttributes attributes) =>
        Has(Resources, attributes.FullResource)
        || (attributes.Subresource.Length > 0 && Resources.Contains($"*/{attributes.Subresource}"));
}
