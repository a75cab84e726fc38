using System.Collections.Immutable;
using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>
/// Decides from a request, and from what is stored, where the credentials of a repository are to be kept. What Flux cannot use
/// with a HelmRepository is refused: bearer tokens and whole headers (Flux sends neither), SSH keys, and certificates that are
/// not to be verified. A token in a Secret that a user keeps (<c>bearerToken</c> or <c>token</c>) still serves to read the catalogue.
/// </summary>
internal sealed class CredentialsPlanner(string repositoryType, bool hasCertSecretRef)
{
    private const string AuthRefField = "auth.secret_ref.name";
    private const string TlsRefField = "tls_config.secret_ref.name";

    /// <summary>Plans for a repository that has no Secrets yet.</summary>
    public CredentialsPlan Plan(RepositoryAuth? auth, RepositoryTls? tls) => Plan(auth, tls, null, RepositorySecrets.None);

    /// <summary>Plans a change.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public CredentialsPlan Plan(RepositoryAuth? auth, RepositoryTls? tls, KubernetesObject? repository, RepositorySecrets stored)
    {
        if (tls is { InsecureSkipVerify: true })
        {
            throw PackageException.InvalidField("tls_config.insecure_skip_verify", "Flux verifies every certificate; give the certificate authority instead.");
        }

        var (authRef, tlsRef) = (NameOf(auth?.SecretRef), NameOf(tls?.SecretRef));
        var inlineTls = string.IsNullOrEmpty(tls?.CertAuthority) ? null : tls.CertAuthority;
        var hasInline = inlineTls is not null || (auth is not null && HasInline(auth));
        var hasReference = authRef is not null || tlsRef is not null;
        if (hasInline && hasReference)
        {
            throw PackageException.InvalidField("auth", "give either references to Secrets or the values themselves, not both.");
        }

        var isManaged = repository is not null && stored.AreManagedFor(repository);
        if (!stored.IsNone && ((isManaged && hasReference) || (!isManaged && hasInline)))
        {
            throw PackageException.InvalidField("auth", isManaged
                ? "the repository's Secret was made from values given here; give values, not a reference, or remove the credentials first."
                : "the repository uses a Secret that you keep; give a reference to it, not values, or remove the reference first.");
        }

        RequireUsable(auth, authRef, stored);
        return hasReference ? PlanReferences(auth, authRef, tlsRef) : PlanValues(auth, inlineTls, isManaged ? stored : RepositorySecrets.None);
    }

    private void RequireUsable(RepositoryAuth? auth, string? reference, RepositorySecrets stored)
    {
        switch (auth?.Type)
        {
            case RepositoryAuthType.Unspecified when reference is not null || HasInline(auth):
                throw PackageException.InvalidField("auth.type", "say what the credentials are: basic auth, TLS or a docker config.");
            case RepositoryAuthType.Bearer when reference is not null && stored.Auth?.Name == reference:
                return;
            case RepositoryAuthType.Bearer or RepositoryAuthType.AuthorizationHeader or RepositoryAuthType.Ssh or RepositoryAuthType.Opaque:
                throw PackageException.InvalidField("auth.type", $"Flux has no {auth.Type} for Helm repositories; use basic auth, TLS or, for OCI, a docker config.");
            case RepositoryAuthType.DockerConfigJson when repositoryType != HelmRepositoryReader.OciType:
                throw PackageException.InvalidField("auth.type", "a docker config is for repositories of type oci; use basic auth or TLS.");
            case RepositoryAuthType.Tls when repositoryType == HelmRepositoryReader.OciType && !hasCertSecretRef:
                throw PackageException.InvalidField("auth.type", "this version of Flux uses client certificates for HTTP repositories only; use basic auth or a docker config.");
        }
    }

    private CredentialsPlan PlanReferences(RepositoryAuth? auth, string? authRef, string? tlsRef)
    {
        var isTls = auth?.Type == RepositoryAuthType.Tls;
        if ((isTls || !hasCertSecretRef) && authRef is not null && tlsRef is not null && authRef != tlsRef)
        {
            throw PackageException.InvalidField(TlsRefField, $"Flux reads this from the same Secret as {AuthRefField}: name {authRef} in both.");
        }

        var requirements = ImmutableArray.CreateBuilder<SecretRequirement>();
        if (authRef is not null)
        {
            requirements.Add(new SecretRequirement(AuthRefField, authRef, KeysOf(auth!.Type)));
        }

        if (tlsRef is not null)
        {
            // Told by reference beside other credentials, it may hold a client certificate instead of an authority.
            requirements.Add(new SecretRequirement(TlsRefField, tlsRef, [[SecretKeys.CaCert], [SecretKeys.OldCaCert], .. KeysOf(RepositoryAuthType.Tls)]));
        }

        return new CredentialsPlan
        {
            AuthReference = hasCertSecretRef ? (isTls ? null : authRef) : authRef ?? tlsRef,
            CertReference = hasCertSecretRef ? (isTls ? authRef : tlsRef) : null,
            Requirements = requirements.DrainToImmutable(),
        };
    }

    private CredentialsPlan PlanValues(RepositoryAuth? auth, string? certAuthority, RepositorySecrets stored)
    {
        var before = CredentialValues.Of(stored);
        var values = CredentialsMerger.Merge(auth, certAuthority, before);
        if (values.IsNone)
        {
            return CredentialsPlan.None;
        }

        if (values == before)
        {
            return new CredentialsPlan { KeepStored = true };
        }

        var docker = values.Docker is null ? null : DockerConfigSecret.Write(values.Docker);
        return hasCertSecretRef
            ? new CredentialsPlan
            {
                Auth = SecretContent.Of(
                    (SecretKeys.Username, values.Basic?.Username), (SecretKeys.Password, values.Basic?.Password), (SecretKeys.DockerConfigJson, docker)),
                Cert = SecretContent.Of(
                    (SecretKeys.TlsCert, values.ClientCert?.Cert), (SecretKeys.TlsKey, values.ClientCert?.Key), (SecretKeys.CaCert, values.CertAuthority)),
            }
            : new CredentialsPlan
            {
                Auth = SecretContent.Of(
                    (SecretKeys.Username, values.Basic?.Username),
                    (SecretKeys.Password, values.Basic?.Password),
                    (SecretKeys.DockerConfigJson, docker),
                    (SecretKeys.OldTlsCert, values.ClientCert?.Cert),
                    (SecretKeys.OldTlsKey, values.ClientCert?.Key),
                    (SecretKeys.OldCaCert, values.CertAuthority)),
            };
    }

    private static ImmutableArray<ImmutableArray<string>> KeysOf(RepositoryAuthType type) => type switch
    {
        RepositoryAuthType.Tls => [[SecretKeys.TlsCert, SecretKeys.TlsKey], [SecretKeys.OldTlsCert, SecretKeys.OldTlsKey]],
        RepositoryAuthType.DockerConfigJson => [[SecretKeys.DockerConfigJson]],
        RepositoryAuthType.Bearer => [[SecretKeys.BearerToken], [SecretKeys.Token]],
        _ => [[SecretKeys.Username, SecretKeys.Password]],
    };

    private static bool HasInline(RepositoryAuth auth) =>
        auth.UsernamePassword is not null || auth.TlsCertKey is not null || auth.DockerCredentials is not null
        || auth.SshCredentials is not null || auth.OpaqueCredentials is not null || !string.IsNullOrEmpty(auth.Header);

    private static string? NameOf(SecretKeyRef? reference) => string.IsNullOrEmpty(reference?.Name) ? null : reference.Name;
}
