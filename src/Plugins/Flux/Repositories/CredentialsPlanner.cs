using System.Collections.Immutable;
using Wego.Kubernetes;
using Wego.Plugins.Secrets;

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

        var request = new CredentialsRequest(auth, tls);
        var isManaged = repository is not null && stored.AreManagedFor(repository);
        if (!stored.IsNone)
        {
            request.RequireSameMode(isManaged);
        }

        RequireUsable(auth, request, stored);
        return request.HasReference
            ? PlanReferences(auth, request.AuthReference, request.TlsReference)
            : PlanValues(auth, request.CertAuthority, isManaged ? stored : RepositorySecrets.None);
    }

    private void RequireUsable(RepositoryAuth? auth, CredentialsRequest request, RepositorySecrets stored)
    {
        switch (auth?.Type)
        {
            case RepositoryAuthType.Unspecified when request.AuthReference is not null || request.HasAuthValues:
                throw PackageException.InvalidField("auth.type", "say what the credentials are: basic auth, TLS or a docker config.");
            case RepositoryAuthType.Bearer when request.AuthReference is { } reference && stored.Auth?.Name == reference:
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
            requirements.Add(new SecretRequirement(TlsRefField, tlsRef, [[SecretKeys.CaCert], [FluxSecretKeys.OldCaCert], .. KeysOf(RepositoryAuthType.Tls)]));
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
        var before = stored.Values;
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
                    (FluxSecretKeys.OldTlsCert, values.ClientCert?.Cert),
                    (FluxSecretKeys.OldTlsKey, values.ClientCert?.Key),
                    (FluxSecretKeys.OldCaCert, values.CertAuthority)),
            };
    }

    private static ImmutableArray<ImmutableArray<string>> KeysOf(RepositoryAuthType type) => type switch
    {
        RepositoryAuthType.Tls => [[SecretKeys.TlsCert, SecretKeys.TlsKey], [FluxSecretKeys.OldTlsCert, FluxSecretKeys.OldTlsKey]],
        RepositoryAuthType.DockerConfigJson => [[SecretKeys.DockerConfigJson]],
        RepositoryAuthType.Bearer => [[FluxSecretKeys.BearerToken], [SecretKeys.Token]],
        _ => [[SecretKeys.Username, SecretKeys.Password]],
    };
}
