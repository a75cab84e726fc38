using Wego.Sandbox;

namespace Wego.Conformance;

/// <summary>A request that the API server refuses.</summary>
/// <param name="Status">The HTTP status it answers with.</param>
/// <param name="Verb">The Kubernetes verb; null for all.</param>
/// <param name="Resource">The plural resource; null for all.</param>
/// <param name="Namespace">The namespace, empty for requests without; null for all.</param>
/// <param name="Name">The object's name; null for all.</param>
/// <param name="User">The user; null for all.</param>
internal sealed record CaseFault(int Status, string? Verb = null, string? Resource = null, string? Namespace = null, string? Name = null, string? User = null)
{
    /// <summary>Whether it is meant.</summary>
    public bool Strikes(SandboxRequest request) =>
        Is(Verb, request.Verb) && Is(Resource, request.Resource) && Is(Namespace, request.Namespace) && Is(Name, request.Name) && Is(User, request.User);

    private static bool Is(string? wanted, string actual) => wanted is null || wanted == actual;
}
