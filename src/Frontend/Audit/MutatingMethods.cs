using Google.Protobuf.Reflection;

namespace Wego.Frontend;

/// <summary>Which RPCs change something, by the first word of their names, which the API keeps to.</summary>
internal static class MutatingMethods
{
    private static readonly string[] s_verbs = ["Add", "Create", "Delete", "Rollback", "Update"];

    /// <summary>Whether this one does.</summary>
    public static bool Contains(MethodDescriptor method) =>
        Array.Exists(s_verbs, verb => method.Name.StartsWith(verb, StringComparison.Ordinal));
}
