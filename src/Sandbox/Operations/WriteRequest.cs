using Wego.Sandbox.Authentication;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Operations;

/// <summary>What a write is about, apart from its body.</summary>
internal sealed record WriteRequest
{
    public required ResourceDefinition Resource { get; init; }

    public required ResourceVersionDefinition Version { get; init; }

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Empty, or <c>status</c>.</summary>
    public string Subresource { get; init; } = "";

    public UserInfo User { get; init; } = UserInfo.Anonymous;

    public string FieldManager { get; init; } = "";

    public bool DryRun { get; init; }

    /// <summary>Whether the body is a change rather than a whole object.</summary>
    public bool IsPatch { get; init; }

    public GroupResource GroupResource => Resource.GroupResource;

    public ObjectKey Key => new(Namespace, Name);

    public string ApiVersion => Resource.ApiVersion(Version.Name);

    public bool IsStatus => string.Equals(Subresource, "status", StringComparison.Ordinal);
}
