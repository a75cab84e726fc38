namespace Wego.Sandbox.Resources;

/// <summary>By which fields the items of lists in built-in kinds are told apart; lists not named here are replaced as a whole.</summary>
internal static class ListKeys
{
    /// <summary>The merge key of strategic merge patch.</summary>
    /// <param name="parent">The field that holds the list, or of a list in a list item, the outer list.</param>
    /// <param name="name">The list.</param>
    public static string? Strategic(string parent, string name) => Apply(parent, name) is [var first, ..] ? first : null;

    /// <summary>The <c>listMapKeys</c> of server-side apply; empty for an atomic list.</summary>
    public static IReadOnlyList<string> Apply(string parent, string name) => (parent, name) switch
    {
        (_, "containers" or "initContainers" or "ephemeralContainers" or "env" or "volumes" or "imagePullSecrets" or "resourceClaims" or "resizePolicy" or "secrets" or "webhooks") => ["name"],
        ("containers" or "initContainers" or "ephemeralContainers", "ports") => ["containerPort", "protocol"],
        ("spec", "ports") => ["port", "protocol"],
        (_, "volumeMounts") => ["mountPath"],
        (_, "volumeDevices") => ["devicePath"],
        (_, "hostAliases") => ["ip"],
        (_, "topologySpreadConstraints") => ["topologyKey", "whenUnsatisfiable"],
        ("status", "conditions") => ["type"],
        ("metadata", "ownerReferences") => ["uid"],
        ("status", "podIPs" or "hostIPs") => ["ip"],
        _ => [],
    };

    /// <summary>Values that stand in for a missing key field.</summary>
    public static string? DefaultKey(string key) => key is "protocol" ? "TCP" : null;

    /// <summary>Lists of plain values that are sets.</summary>
    public static bool IsPrimitiveSet(string name) => name is "finalizers";
}
