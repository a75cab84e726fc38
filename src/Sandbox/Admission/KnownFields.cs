using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Admission;

/// <summary>Drops what no kind has: unknown fields of metadata, and at the top of built-in kinds. Values of an impossible type are refused.</summary>
internal static class KnownFields
{
    private static readonly HashSet<string> Metadata = new(StringComparer.Ordinal)
    {
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers", "managedFields",
    };

    private static readonly string[] MetadataObjects = ["labels", "annotations"];
    private static readonly string[] MetadataLists = ["ownerReferences", "finalizers", "managedFields"];

    /// <exception cref="ApiException">400: a field has a type it can never have.</exception>
    public static void Apply(ResourceDefinition resource, JsonObject body)
    {
        var metadata = body.Metadata();
        Keep(metadata, Metadata.Contains);
        foreach (var name in MetadataObjects)
        {
            Demand<JsonObject>(resource, metadata, name, "metadata.", "map");
        }

        foreach (var name in MetadataLists)
        {
            Demand<JsonArray>(resource, metadata, name, "metadata.", "array");
        }

        if (resource.IsCustom)
        {
            return;
        }

        if (TopLevel(resource.Kind) is { } known)
        {
            Keep(body, name => name is "apiVersion" or "kind" or "metadata" || known.Contains(name));
        }

        foreach (var name in new[] { "spec", "status", "data", "binaryData", "stringData" })
        {
            if (resource.Kind is not "ControllerRevision")
            {
                Demand<JsonObject>(resource, body, name, "", "object");
            }
        }
    }

    /// <summary>The fields of a kind besides its header; null where they are not listed here.</summary>
    private static string[]? TopLevel(string kind) => kind switch
    {
        "ConfigMap" => ["data", "binaryData", "immutable"],
        "Secret" => ["data", "stringData", "type", "immutable"],
        "ServiceAccount" => ["secrets", "imagePullSecrets", "automountServiceAccountToken"],
        "Role" or "ClusterRole" => ["rules", "aggregationRule"],
        "RoleBinding" or "ClusterRoleBinding" => ["subjects", "roleRef"],
        "Pod" or "Service" or "Namespace" or "Node" or "PersistentVolume" or "PersistentVolumeClaim" or "Deployment" or "ReplicaSet" or "StatefulSet"
            or "DaemonSet" or "Job" or "CronJob" or "Ingress" or "NetworkPolicy" or "HorizontalPodAutoscaler" or "PodDisruptionBudget" or "Lease"
            or "ResourceQuota" or "LimitRange" or "CustomResourceDefinition" => ["spec", "status"],
        _ => null,
    };

    private static void Keep(JsonObject body, Func<string, bool> known)
    {
        foreach (var name in body.Select(p => p.Key).Where(n => !known(n)).ToArray())
        {
            body.Remove(name);
        }
    }

    private static void Demand<T>(ResourceDefinition resource, JsonObject body, string name, string prefix, string wanted)
        where T : JsonNode
    {
        if (body[name] is { } value and not T)
        {
            throw ApiErrors.BadRequest($"{resource.Kind} in version \"{resource.StorageVersion}\" cannot be handled as a {resource.Kind}: {prefix}{name}: expected {wanted}, got {value.GetValueKind()}");
        }
    }
}
