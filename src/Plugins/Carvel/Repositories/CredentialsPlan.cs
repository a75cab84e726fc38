using Wego.Plugins.Secrets;

namespace Wego.Plugins.Carvel;

/// <summary>Where the credentials of a repository are going to be: in a Secret of the user, in one to be made, as they are, or nowhere.</summary>
/// <param name="Reference">The user's Secret and what it must have, or null.</param>
/// <param name="Content">What to make, or null.</param>
/// <param name="KeepStored">Whether everything stays as it is stored.</param>
internal sealed record CredentialsPlan(SecretRequirement? Reference, SecretContent? Content, bool KeepStored)
{
    public static CredentialsPlan None { get; } = new(null, null, false);
}
