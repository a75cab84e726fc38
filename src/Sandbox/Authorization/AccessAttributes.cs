using Wego.Sandbox.Authentication;

namespace Wego.Sandbox.Authorization;

/// <summary>One question to the authorizer.</summary>
internal sealed record AccessAttributes
{
    public required UserInfo User { get; init; }

    public required string Verb { get; init; }

    public string Group { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The path of a request for something that is no resource; else empty.</summary>
    public string NonResourcePath { get; init; } = "";

    /// <summary>The resource as rules name it, for example <c>pods/log</c>.</summary>
    public string FullResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    /// <summary>Why a request is refused, in the API server's words.</summary>
    public string Describe()
    {
        if (NonResourcePath.Length > 0)
        {
            return $"User \"{User.Name}\" cannot {Verb} path \"{NonResourcePath}\"";
        }

        var where = Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{Namespace}\"";
        return $"User \"{User.Name}\" cannot {Verb} resource \"{FullResource}\" in API group \"{Group}\" {where}";
    }
}
