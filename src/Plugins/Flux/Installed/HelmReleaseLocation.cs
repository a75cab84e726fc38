using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>Where the Helm release of a <c>HelmRelease</c> is.</summary>
/// <param name="Name">The name of the Helm release.</param>
/// <param name="TargetNamespace">The namespace it is installed in.</param>
/// <param name="StorageNamespace">The namespace of its Secrets.</param>
/// <param name="Revision">Its newest revision, or 0 while nothing was installed.</param>
internal sealed record HelmReleaseLocation(string Name, string TargetNamespace, string StorageNamespace, long Revision)
{
    // As helm-controller shortens names that Helm would refuse.
    private const int KeptCharacters = 40;
    private const int HashCharacters = 12;

    /// <summary>The Secret in which Helm keeps the newest revision.</summary>
    public string SecretName => $"sh.helm.release.v1.{Name}.v{Revision}";

    public static HelmReleaseLocation Of(KubernetesObject release)
    {
        var newest = release.Find("status", "history").Items().FirstOrDefault();
        var target = FirstOf(newest.Text("namespace"), release.Text("spec", "targetNamespace"), release.Namespace);
        var storage = FirstOf(release.Text("status", "storageNamespace"), release.Text("spec", "storageNamespace"), release.Namespace);
        var revision = newest.ValueKind == JsonValueKind.Object ? newest.Number("version") : release.Status.Number("lastReleaseRevision");
        return new HelmReleaseLocation(FirstOf(newest.Text("name"), NameOf(release)), target, storage, revision);
    }

    private static string NameOf(KubernetesObject release)
    {
        if (release.Text("spec", "releaseName") is { Length: > 0 } given)
        {
            return given;
        }

        var target = release.Text("spec", "targetNamespace");
        return Shorten(target.Length == 0 ? release.Name : $"{target}-{release.Name}");
    }

    private static string Shorten(string name) => name.Length <= ObjectNames.MaxReleaseName
        ? name
        : $"{name[..KeptCharacters]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashCharacters]}";

    private static string FirstOf(params ReadOnlySpan<string> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.Length > 0)
            {
                return candidate;
            }
        }

        return "";
    }
}
