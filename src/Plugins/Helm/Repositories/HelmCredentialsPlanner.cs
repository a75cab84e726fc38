using System.Collections.Immutable;
using Wego.Kubernetes;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Helm;

/// <summary>Decides from a request, and from what is stored, where the login and the certificate authority of a repository are to be kept.</summary>
internal static class HelmCredentialsPlanner
{
    private const string AuthRefField = "auth.secret_ref.name";
    private const string TlsRefField = "tls_config.secret_ref.name";

    /// <summary>Plans for a repository that is new (<paramref name="present"/> is null), or a change.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static HelmCredentialsPlan Plan(string repository, RepositoryAuth? auth, RepositoryTls? tls, KubernetesObject? present, AppRepositorySecrets stored)
    {
        var request = new CredentialsRequest(auth, tls);
        RequireKnown(auth, request);
        var isManaged = present is not null && stored.AreManagedFor(present);
        if (stored.Credentials.Any())
        {
            request.RequireSameMode(isManaged);
        }

        return request.HasReference
            ? PlanReferences(auth, tls, request, stored.Refs)
            : PlanValues(repository, auth, request.CertAuthority, isManaged ? stored : AppRepositorySecrets.None);
    }

    private static void RequireKnown(RepositoryAuth? auth, CredentialsRequest request)
    {
        switch (auth?.Type)
        {
            case RepositoryAuthType.Unspecified when request.AuthReference is not null || request.HasAuthValues:
                throw PackageException.InvalidField("auth.type", "say what it is: basic auth, a bearer token, an authorization header or a docker config.");
            case RepositoryAuthType.Tls or RepositoryAuthType.Ssh or RepositoryAuthType.Opaque:
                throw PackageException.InvalidField("auth.type", $"Helm repositories have no {auth.Type}; use basic auth, a bearer token, an authorization header or a docker config.");
        }
    }

    private static HelmCredentialsPlan PlanReferences(RepositoryAuth? auth, RepositoryTls? tls, CredentialsRequest request, AppRepositorySecretRefs stored)
    {
        var (authRef, tlsRef) = (request.AuthReference, request.TlsReference);
        // Two Secrets, which the object itself allows, can only have been written into it by hand; they may stay.
        if (authRef is not null && tlsRef is not null && authRef != tlsRef && (stored.Auth?.Name != authRef || stored.Ca?.Name != tlsRef))
        {
            throw PackageException.InvalidField(TlsRefField, $"login and certificate authority are kept in one Secret: name {authRef} in both.");
        }

        var requirements = ImmutableArray.CreateBuilder<SecretRequirement>();
        SecretKeyRef? header = null, ca = null;
        if (authRef is not null)
        {
            header = new SecretKeyRef(authRef, KeyOf(auth!));
            requirements.Add(new SecretRequirement(AuthRefField, authRef, [[header.Key]])
            {
                Type = auth!.Type == RepositoryAuthType.DockerConfigJson ? SecretKeys.DockerConfigJsonType : null,
                Accepts = secret => Problem(auth.Type, secret.Find(header.Key)!),
            });
        }

        if (tlsRef is not null)
        {
            ca = new SecretKeyRef(tlsRef, tls!.SecretRef is { Key.Length: > 0 } given ? given.Key : SecretKeys.CaCert);
            requirements.Add(new SecretRequirement(TlsRefField, tlsRef, [[ca.Key]]));
        }

        return new HelmCredentialsPlan { Auth = header, Ca = ca, Requirements = requirements.DrainToImmutable() };
    }

    private static HelmCredentialsPlan PlanValues(string repository, RepositoryAuth? auth, string? certAuthority, AppRepositorySecrets stored)
    {
        var before = stored.Values;
        var values = CredentialsMerger.Merge(auth, certAuthority, before);
        var content = ContentOf(values);
        if (content is null)
        {
            return HelmCredentialsPlan.None;
        }

        var keep = ContentOf(before) is { } present && content.Type == present.Type && content.Data.SequenceEqual(present.Data);
        var name = stored.Credentials.FirstOrDefault()?.Name ?? HelmSecrets.NameOf(repository).Text;
        var key = values.Docker is not null ? SecretKeys.DockerConfigJson
            : HeaderOf(values) is not null ? HelmSecrets.HeaderKey
            : null;
        return new HelmCredentialsPlan
        {
            Auth = key is null ? null : new SecretKeyRef(name, key),
            Ca = values.CertAuthority is null ? null : new SecretKeyRef(name, SecretKeys.CaCert),
            Content = content,
            KeepStored = keep && stored.Credentials.Count() == 1,
            Values = values,
        };
    }

    private static SecretContent? ContentOf(CredentialValues values) => SecretContent.Of(
        (HelmSecrets.HeaderKey, HeaderOf(values)),
        (SecretKeys.DockerConfigJson, values.Docker is null ? null : DockerConfigSecret.Write(values.Docker)),
        (SecretKeys.CaCert, values.CertAuthority));

    /// <summary>The header that the values make, or null.</summary>
    public static string? HeaderOf(CredentialValues values) => values switch
    {
        { Basic: { } basic } => AuthorizationHeader.Basic(basic),
        { Token: { } token } => AuthorizationHeader.Bearer(token),
        _ => values.Header,
    };

    private static string KeyOf(RepositoryAuth auth) =>
        auth.SecretRef is { Key.Length: > 0 } given ? given.Key
        : auth.Type == RepositoryAuthType.DockerConfigJson ? SecretKeys.DockerConfigJson
        : HelmSecrets.HeaderKey;

    private static string? Problem(RepositoryAuthType type, string value) => type switch
    {
        RepositoryAuthType.BasicAuth when AuthorizationHeader.ReadBasic(value) is null => "holds no header of the form 'Basic BASE64'.",
        RepositoryAuthType.Bearer when AuthorizationHeader.ReadBearer(value) is null => "holds no header of the form 'Bearer TOKEN'.",
        _ => null,
    };
}
