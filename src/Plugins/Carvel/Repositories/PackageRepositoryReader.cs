using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>Reads a <c>PackageRepository</c>.</summary>
internal static class PackageRepositoryReader
{
    public const string DescriptionAnnotation = "kubeapps.dev/description";

    public static RepositorySummary Read(string cluster, KubernetesObject repository, string globalNamespace)
    {
        var type = TypeOf(repository);
        return new RepositorySummary
        {
            Ref = new RepositoryRef(CarvelPlugin.PluginId, cluster, repository.Namespace, repository.Name),
            Description = repository.Annotation(DescriptionAnnotation) ?? "",
            NamespaceScoped = repository.Namespace != globalNamespace,
            Type = type,
            Url = RepositoryAddress.WithoutPassword(SectionOf(repository).Text(FetchType.AddressOf(type))),
            Status = ReadStatus(repository),
            RequiresAuth = SecretOf(repository) is not null,
        };
    }

    /// <summary>The type, or empty where the object has no section known here.</summary>
    public static string TypeOf(KubernetesObject repository) =>
        FetchType.All.FirstOrDefault(t => repository.Find("spec", "fetch", t).ValueKind == JsonValueKind.Object) ?? "";

    /// <summary>The section that says where to fetch from; undefined where there is none.</summary>
    public static JsonElement SectionOf(KubernetesObject repository) => repository.Find("spec", "fetch", TypeOf(repository));

    /// <summary>The Secret that the repository refers to, or null.</summary>
    public static string? SecretOf(KubernetesObject repository) =>
        SectionOf(repository).Child("secretRef").Text("name") is { Length: > 0 } name ? name : null;

    public static RepositoryStatus ReadStatus(KubernetesObject repository)
    {
        if (CarvelCondition.Of(repository) is not { } condition)
        {
            return new RepositoryStatus(false, RepositoryStatusReason.Unspecified, "");
        }

        // The message may merely point at the field that tells the rest.
        const string Pointer = "usefulErrorMessage";
        var message = condition.Message.Contains(Pointer, StringComparison.OrdinalIgnoreCase) && repository.Text("status", Pointer) is { Length: > 0 } useful
            ? useful
            : condition.Message;
        return condition.Type switch
        {
            CarvelCondition.ReconcileSucceeded => new RepositoryStatus(true, RepositoryStatusReason.Success, message),
            CarvelCondition.Reconciling or CarvelCondition.Deleting =>
                new RepositoryStatus(false, RepositoryStatusReason.Pending, message.Length == 0 ? condition.Type : message),
            CarvelCondition.ReconcileFailed or CarvelCondition.DeleteFailed => new RepositoryStatus(false, RepositoryStatusReason.Failed, message),
            _ => new RepositoryStatus(false, RepositoryStatusReason.Unspecified, message),
        };
    }
}
