using System.Collections.Immutable;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Helm;

/// <summary>Where the login and the certificate authority of a repository are going to be: in a Secret of the user, in one to be made, or nowhere.</summary>
internal sealed record HelmCredentialsPlan
{
    public static HelmCredentialsPlan None { get; } = new();

    /// <summary>For <c>auth.header</c>, or null. Where <see cref="Content"/> is given, it points to what is made of that.</summary>
    public SecretKeyRef? Auth { get; init; }

    /// <summary>For <c>auth.customCA</c>, or null.</summary>
    public SecretKeyRef? Ca { get; init; }

    /// <summary>What to make, or null.</summary>
    public SecretContent? Content { get; init; }

    /// <summary>Whether the Secret that Wego made before stays as it is.</summary>
    public bool KeepStored { get; init; }

    /// <summary>What the login and the authority are, as far as they do not come from a Secret of the user.</summary>
    public CredentialValues Values { get; init; } = CredentialValues.None;

    /// <summary>What the user's Secrets must have.</summary>
    public ImmutableArray<SecretRequirement> Requirements { get; init; } = [];
}
