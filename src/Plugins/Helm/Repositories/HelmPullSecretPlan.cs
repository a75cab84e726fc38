using System.Collections.Immutable;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Kubernetes;
using Wego.Plugins.Secrets;
using PbDockerCredentials = Kubeappsapis.Core.Packages.V1Alpha1.DockerCredentials;

namespace Wego.Plugins.Helm;

/// <summary>Where the login for the images of a repository's charts is going to be.</summary>
/// <param name="Names">For <c>dockerRegistrySecrets</c>.</param>
/// <param name="Content">What to make, or null.</param>
/// <param name="KeepStored">Whether the Secret that Wego made before stays as it is.</param>
/// <param name="Requirement">What the user's Secret must have, or null.</param>
internal sealed record HelmPullSecretPlan(ImmutableArray<string> Names, SecretContent? Content, bool KeepStored, SecretRequirement? Requirement)
{
    private const string Field = "custom_detail.images_pull_secret";

    private static readonly HelmPullSecretPlan s_none = new([], null, KeepStored: false, null);

    /// <summary>Plans for a repository that is new (<paramref name="present"/> is null), or a change.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static HelmPullSecretPlan Of(string repository, ImagesPullSecret? request, KubernetesObject? present, AppRepositorySecrets stored)
    {
        var isManaged = present is not null && stored.IsPullManagedFor(present);
        return request?.DockerRegistryCredentialOneOfCase switch
        {
            ImagesPullSecret.DockerRegistryCredentialOneOfOneofCase.SecretRef when request.SecretRef.Length > 0 => PlanReference(request.SecretRef, isManaged, stored),
            ImagesPullSecret.DockerRegistryCredentialOneOfOneofCase.Credentials => PlanValues(repository, request.Credentials, isManaged, stored),
            _ => s_none,
        };
    }

    private static HelmPullSecretPlan PlanReference(string name, bool isManaged, AppRepositorySecrets stored)
    {
        if (isManaged)
        {
            throw PackageException.InvalidField(Field, "the repository's Secret was made from values given here; give values, not a reference, or remove it first.");
        }

        // The request can name one, the object several: those that stand behind the first one stay with it.
        var names = stored.Refs.Pull.FirstOrDefault() == name ? stored.Refs.Pull : [name];
        return new HelmPullSecretPlan(
            names,
            null,
            KeepStored: false,
            new SecretRequirement($"{Field}.secret_ref", name, [[SecretKeys.DockerConfigJson]]) { Type = SecretKeys.DockerConfigJsonType });
    }

    private static HelmPullSecretPlan PlanValues(
        string repository, PbDockerCredentials given, bool isManaged, AppRepositorySecrets stored)
    {
        if (stored.Pull is not null && !isManaged)
        {
            throw PackageException.InvalidField(Field, "the repository uses a Secret that you keep; give a reference to it, not values, or remove the reference first.");
        }

        var before = isManaged && stored.Pull!.Find(SecretKeys.DockerConfigJson) is { } json ? DockerConfigSecret.Read(json) : null;
        var wanted = CredentialsMerger.Docker(new DockerCredentials(given.Server, given.Username, given.Password, given.Email), before, $"{Field}.credentials");
        var name = stored.Pull?.Name ?? HelmSecrets.PullNameOf(repository).Text;
        return new HelmPullSecretPlan(
            stored.Refs.Pull.FirstOrDefault() == name ? stored.Refs.Pull : [name],
            SecretContent.Of((SecretKeys.DockerConfigJson, DockerConfigSecret.Write(wanted))),
            KeepStored: wanted == before,
            null);
    }
}
