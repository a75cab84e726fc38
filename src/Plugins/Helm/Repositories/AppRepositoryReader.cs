using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Reads an <c>AppRepository</c>, as it was written for Kubeapps or for Wego.</summary>
internal static class AppRepositoryReader
{
    private static readonly TimeSpan s_defaultInterval = TimeSpan.FromMinutes(10);

    public static RepositorySummary Read(string cluster, KubernetesObject repository, string globalNamespace) => new()
    {
        Ref = new RepositoryRef(HelmPlugin.PluginId, cluster, repository.Namespace, repository.Name),
        Description = repository.Text("spec", "description"),
        NamespaceScoped = repository.Namespace != globalNamespace,
        Type = AppRepositories.TypeOf(repository),
        Url = ChartAddress.WithoutUser(repository.Text("spec", "url")),
        Status = ReadStatus(repository),
        RequiresAuth = AppRepositorySecretRefs.Of(repository).Auth is not null,
    };

    public static RefreshSchedule ReadSchedule(KubernetesObject repository) => new(
        GoDuration.TryParse(repository.Text("spec", "interval"), out var interval) && interval > TimeSpan.Zero ? interval : s_defaultInterval,
        Suspended: false,
        Hash([.. RemoteOf(repository), .. RequestsOf(repository)]))
    {
        Remote = Hash(RemoteOf(repository)),
    };

    // Nothing in the object tells of its catalogue: whether that can be had is known where it is kept.
    private static RepositoryStatus ReadStatus(KubernetesObject repository) => AppRepositories.TypeOf(repository) switch
    {
        not (AppRepositories.HelmType or AppRepositories.OciType) and var type => Failed($"spec.type is '{type}'; it has to be helm or oci."),
        _ when repository.Text("spec", "url").Length == 0 => Failed("spec.url is missing."),
        _ => new RepositoryStatus(true, RepositoryStatusReason.Success, ""),
    };

    private static RepositoryStatus Failed(string reason) => new(false, RepositoryStatusReason.Failed, reason);

    // Everything that decides whom a refresh asks, and by which login.
    private static IEnumerable<string> RemoteOf(KubernetesObject repository)
    {
        var secrets = AppRepositorySecretRefs.Of(repository);
        var proxy = SyncJobProxy.Of(repository);
        return
        [
            repository.Text("spec", "url"),
            AppRepositories.TypeOf(repository),
            secrets.Auth?.ToString() ?? "",
            secrets.Ca?.ToString() ?? "",
            repository.Spec.IsTrue("passCredentials").ToString(),
            repository.Spec.IsTrue("tlsInsecureSkipVerify").ToString(),
            proxy.Http,
            proxy.Https,
            proxy.NoProxy,
        ];
    }

    // What is wanted of the answer, and how often users asked for it.
    private static IEnumerable<string> RequestsOf(KubernetesObject repository) =>
    [
        Raw(repository, "ociRepositories"),
        Raw(repository, "filterRule"),
        Raw(repository, "resyncRequests"),
    ];

    private static string Raw(KubernetesObject repository, string field) =>
        repository.Find("spec", field) is { ValueKind: not JsonValueKind.Undefined } value ? value.GetRawText() : "";

    // An address may hold a password.
    private static string Hash(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32];
}
