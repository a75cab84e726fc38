using System.Collections.Immutable;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Carvel;

/// <summary>Decides from a request, and from what is stored, where the credentials of a repository are to be kept; refuses what kapp-controller cannot use for its type.</summary>
internal static class CredentialsPlanner
{
    private const string TypeField = "auth.type";
    private const string ReferenceField = "auth.secret_ref.name";

    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static CredentialsPlan Plan(string repositoryType, RepositoryAuth? auth, RepositoryCredentials stored)
    {
        var request = new CredentialsRequest(auth, null);
        if (auth is null || auth.Type == RepositoryAuthType.Unspecified)
        {
            return request.HasReference || request.HasAnyValues
                ? throw PackageException.InvalidField(TypeField, "say what the credentials are: basic auth, a docker config, a bearer token or an SSH key.")
                : CredentialsPlan.None;
        }

        RequireUsable(repositoryType, auth.Type);
        if (stored.Secret is not null)
        {
            request.RequireSameMode(stored.IsManaged);
        }

        if (auth.SecretRef is not null)
        {
            return request.AuthReference is { } name
                ? new CredentialsPlan(new SecretRequirement(ReferenceField, name, [KeysOf(auth.Type)]), null, false)
                : throw PackageException.InvalidField(ReferenceField, "name the Secret.");
        }

        var before = stored.IsManaged ? stored.Values : CredentialValues.None;
        var values = CredentialsMerger.Merge(auth, null, before);
        return values == before ? new CredentialsPlan(null, null, true) : new CredentialsPlan(null, ContentOf(values), false);
    }

    private static void RequireUsable(string repositoryType, RepositoryAuthType type)
    {
        ImmutableArray<RepositoryAuthType> usable = repositoryType switch
        {
            FetchType.ImgpkgBundle or FetchType.Image => [RepositoryAuthType.BasicAuth, RepositoryAuthType.DockerConfigJson, RepositoryAuthType.Bearer],
            FetchType.Git => [RepositoryAuthType.BasicAuth, RepositoryAuthType.Ssh],
            _ => [RepositoryAuthType.BasicAuth],
        };
        if (!usable.Contains(type))
        {
            throw PackageException.InvalidField(TypeField, $"kapp-controller has no {type} for repositories of type {repositoryType}; use {string.Join(" or ", usable)}.");
        }
    }

    private static ImmutableArray<string> KeysOf(RepositoryAuthType type) => type switch
    {
        RepositoryAuthType.Ssh => [SecretKeys.SshPrivateKey],
        RepositoryAuthType.DockerConfigJson => [SecretKeys.DockerConfigJson],
        RepositoryAuthType.Bearer => [SecretKeys.Token],
        _ => [SecretKeys.Username, SecretKeys.Password],
    };

    private static SecretContent? ContentOf(CredentialValues values) => SecretContent.Of(
        (SecretKeys.Username, values.Basic?.Username),
        (SecretKeys.Password, values.Basic?.Password),
        (SecretKeys.SshPrivateKey, values.Ssh?.PrivateKey),
        (SecretKeys.SshKnownHosts, values.Ssh is { KnownHosts: { Length: > 0 } hosts } ? hosts : null),
        (SecretKeys.DockerConfigJson, values.Docker is null ? null : DockerConfigSecret.Write(values.Docker)),
        (SecretKeys.Token, values.Token));
}
