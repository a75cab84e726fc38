using System.Collections.Immutable;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Flux;

/// <summary>Where the credentials of a repository are going to be: in Secrets of the user, in Secrets to be made, or nowhere.</summary>
internal sealed record CredentialsPlan
{
    public static CredentialsPlan None { get; } = new();

    /// <summary>The user's Secret for <c>secretRef</c>, or null.</summary>
    public string? AuthReference { get; init; }

    /// <summary>The user's Secret for <c>certSecretRef</c>, or null.</summary>
    public string? CertReference { get; init; }

    /// <summary>What to make for <c>secretRef</c>, or null.</summary>
    public SecretContent? Auth { get; init; }

    /// <summary>What to make for <c>certSecretRef</c>, or null.</summary>
    public SecretContent? Cert { get; init; }

    /// <summary>Whether everything stays as it is stored.</summary>
    public bool KeepStored { get; init; }

    /// <summary>What the user's Secrets must have.</summary>
    public ImmutableArray<SecretRequirement> Requirements { get; init; } = [];
}
