using System.Text.Json.Nodes;

namespace Wego.Chart.Tests;

/// <summary>What roles grant.</summary>
internal static class Rights
{
    /// <summary>One line <c>GROUP RESOURCE VERB</c> for each thing that a role grants, however its rules are grouped, in order.</summary>
    public static string[] Of(JsonObject role) =>
    [
        .. from rule in role["rules"]!.AsArray()
           from apiGroup in rule!["apiGroups"]!.AsArray()
           from resource in rule["resources"]!.AsArray()
           from verb in rule["verbs"]!.AsArray()
           let line = $"{apiGroup} {resource} {verb}"
           orderby line
           select line,
    ];
}
