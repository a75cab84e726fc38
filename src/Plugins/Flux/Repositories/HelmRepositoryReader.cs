using System.Security.Cryptography;
using System.Text;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>Reads a <c>HelmRepository</c>, in any served version.</summary>
internal static class HelmRepositoryReader
{
    public const string DescriptionAnnotation = "kubeapps.dev/description";
    public const string HelmType = "helm";
    public const string OciType = "oci";

    // The annotation by which users of Flux ask for a reconciliation at once.
    private const string RequestedAtAnnotation = "reconcile.fluxcd.io/requestedAt";

    private static readonly TimeSpan s_defaultInterval = TimeSpan.FromMinutes(10);

    public static RepositorySummary Read(string cluster, KubernetesObject repository) => new()
    {
        Ref = new RepositoryRef(FluxPlugin.PluginId, cluster, repository.Namespace, repository.Name),
        Description = repository.Annotation(DescriptionAnnotation) ?? "",
        NamespaceScoped = true,
        Type = TypeOf(repository),
        Url = ChartAddress.WithoutUser(repository.Text("spec", "url")),
        Status = ReadStatus(repository),
        RequiresAuth = SecretOf(repository) is not null || CertSecretOf(repository) is not null,
    };

    public static RefreshSchedule ReadSchedule(KubernetesObject repository) => new(
        GoDuration.TryParse(repository.Text("spec", "interval"), out var interval) && interval > TimeSpan.Zero ? interval : s_defaultInterval,
        repository.Spec.IsTrue("suspend"),
        Hash([.. RemoteOf(repository), .. RequestsOf(repository)]))
    {
        Remote = Hash(RemoteOf(repository)),
    };

    public static string TypeOf(KubernetesObject repository) => repository.Text("spec", "type") == OciType ? OciType : HelmType;

    public static string? SecretOf(KubernetesObject repository) => NullIfEmpty(repository.Text("spec", "secretRef", "name"));

    public static string? CertSecretOf(KubernetesObject repository) => NullIfEmpty(repository.Text("spec", "certSecretRef", "name"));

    public static RepositoryStatus ReadStatus(KubernetesObject repository)
    {
        var ready = FluxCondition.ReadyOf(repository);
        if (ready is null)
        {
            // Flux 2.3 and later do not reconcile OCI repositories at all: they are an address that releases use.
            return TypeOf(repository) == OciType && !repository.Find("status", "conditions").Items().Any()
                ? new RepositoryStatus(true, RepositoryStatusReason.Success, "")
                : new RepositoryStatus(false, RepositoryStatusReason.Pending, "");
        }

        return ready switch
        {
            { IsTrue: true } when FluxCondition.IsObserved(repository) => new RepositoryStatus(true, RepositoryStatusReason.Success, ready.UserReason),
            { IsFalse: true } => new RepositoryStatus(false, RepositoryStatusReason.Failed, ready.UserReason),
            _ => new RepositoryStatus(false, RepositoryStatusReason.Pending, ready.UserReason),
        };
    }

    // Everything that decides what a refresh would fetch.
    private static string[] RemoteOf(KubernetesObject repository) =>
    [
        repository.Text("spec", "url"),
        repository.Text("spec", "type"),
        SecretOf(repository) ?? "",
        CertSecretOf(repository) ?? "",
        repository.Spec.IsTrue("passCredentials").ToString(),
        repository.Spec.IsTrue("insecure").ToString(),
        repository.Text("spec", "provider"),
    ];

    // What users asked for, and what Flux last saw there.
    private static string[] RequestsOf(KubernetesObject repository) =>
    [
        repository.Annotation(RequestedAtAnnotation) ?? "",
        repository.Text("status", "artifact", "digest"),
        repository.Text("status", "artifact", "revision"),
    ];

    // An address may hold a password.
    private static string Hash(string[] parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32];

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
