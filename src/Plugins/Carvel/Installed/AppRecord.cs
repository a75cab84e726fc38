using System.Collections.Immutable;
using System.Text.Json;
using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>What kapp records of an app that it has deployed, in a ConfigMap.</summary>
/// <param name="LabelSelector">Picks the app's objects.</param>
/// <param name="Kinds">The kinds that it uses, by group and name; of a record that names none, which older versions of kapp write, the kinds of every cluster.</param>
/// <param name="Namespaces">The namespaces of its objects at its last change.</param>
internal sealed record AppRecord(string LabelSelector, ImmutableArray<(string Group, string Kind)> Kinds, ImmutableArray<string> Namespaces)
{
    private static readonly ImmutableArray<(string Group, string Kind)> s_kindsOfEveryCluster =
    [
        ("", "ConfigMap"), ("", "Namespace"), ("", "PersistentVolumeClaim"), ("", "Pod"), ("", "Secret"), ("", "Service"), ("", "ServiceAccount"),
        ("apps", "DaemonSet"), ("apps", "Deployment"), ("apps", "ReplicaSet"), ("apps", "StatefulSet"), ("batch", "CronJob"), ("batch", "Job"),
        ("networking.k8s.io", "Ingress"), ("networking.k8s.io", "NetworkPolicy"), ("policy", "PodDisruptionBudget"), ("autoscaling", "HorizontalPodAutoscaler"),
        ("rbac.authorization.k8s.io", "ClusterRole"), ("rbac.authorization.k8s.io", "ClusterRoleBinding"), ("rbac.authorization.k8s.io", "Role"), ("rbac.authorization.k8s.io", "RoleBinding"),
        ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ];

    /// <summary>
    /// The names that the record may have: kapp-controller adds <c>.app</c> to the name of the install, <c>-ctrl</c> before 0.38,
    /// and kapp from 0.47 on a suffix of its own.
    /// </summary>
    public static IEnumerable<string> NamesOf(string install) =>
        from app in (string[])[$"{install}.app", $"{install}-ctrl"]
        from suffix in (string[])["", ".apps.k14s.io"]
        select app + suffix;

    /// <summary>Reads it; null where it is no record of an app, or one that says nothing of its objects yet.</summary>
    public static AppRecord? Read(KubernetesObject configMap)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(configMap.Text("data", "spec"));
        }
        catch (JsonException)
        {
            return null;
        }

        using (document)
        {
            var spec = document.RootElement;
            var (key, value) = (spec.Text("labelKey"), spec.Text("labelValue"));
            return key.Length == 0 || value.Length == 0 ? null : new AppRecord(
                $"{key}={value}",
                spec.Child("usedGKs").ValueKind == JsonValueKind.Array
                    ? [.. spec.Child("usedGKs").Items().Select(k => (k.Text("Group"), k.Text("Kind"))).Where(k => k.Item2.Length > 0).Distinct()]
                    : s_kindsOfEveryCluster,
                [.. spec.Child("lastChange").Child("namespaces").Items().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!).Where(n => n.Length > 0).Distinct()]);
        }
    }
}
