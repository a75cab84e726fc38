using System.Collections.Immutable;

namespace Wego.Sandbox.Authentication;

/// <summary>Who makes a request.</summary>
internal sealed record UserInfo(string Name, ImmutableArray<string> Groups, string Uid = "")
{
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Extra { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    public static UserInfo Anonymous { get; } = new("system:anonymous", ["system:unauthenticated"]);

    /// <summary>The identity of a service account.</summary>
    public static UserInfo ServiceAccount(string @namespace, string name, string uid = "") => new(
        $"system:serviceaccount:{@namespace}:{name}",
        ["system:serviceaccounts", $"system:serviceaccounts:{@namespace}", "system:authenticated"],
        uid);
}
