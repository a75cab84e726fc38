using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Kubernetes;

namespace Wego.Sandbox.Controllers;

/// <summary>The status of what runs as it was asked for, as far as tools look at it that wait for it.</summary>
internal static class WorkloadStatus
{
    /// <summary>Whether everything that a workload asks for is running.</summary>
    public static bool IsReady(KubernetesObject workload) => IsObserved(workload) && Ready(workload) >= Wanted(workload);

    /// <summary>Whether the status says already what it would be made to say.</summary>
    public static bool IsCurrent(KubernetesObject obj) => obj.Kind switch
    {
        "Deployment" or "ReplicaSet" or "StatefulSet" or "DaemonSet" => IsObserved(obj) && Ready(obj) == Wanted(obj),
        "Job" => HasCondition(obj, "Complete"),
        "Pod" => obj.Text("status", "phase") is "Running" or "Succeeded" or "Failed",
        _ => obj.Text("status", "phase") == "Bound",
    };

    /// <summary>How many are asked for.</summary>
    public static long Wanted(KubernetesObject workload) => workload.Kind == "DaemonSet" ? 1 : Number(workload.Find("spec", "replicas"), 1);

    /// <param name="obj">The workload.</param>
    /// <param name="replicaSet">The ReplicaSet of a deployment.</param>
    /// <param name="now">The time.</param>
    public static JsonObject Create(KubernetesObject obj, string replicaSet, DateTimeOffset now) => obj.Kind switch
    {
        "Deployment" => Deployment(obj, replicaSet, now),
        "ReplicaSet" => Replicas(obj),
        "StatefulSet" => StatefulSet(obj),
        "DaemonSet" => DaemonSet(obj),
        "Job" => Job(obj, now),
        "Pod" => Pod(obj, now),
        _ => new JsonObject { ["phase"] = "Bound", ["accessModes"] = Copy(obj.Find("spec", "accessModes")), ["capacity"] = Copy(obj.Find("spec", "resources", "requests")) },
    };

    private static JsonObject Replicas(KubernetesObject obj)
    {
        var wanted = Wanted(obj);
        return new JsonObject
        {
            ["observedGeneration"] = obj.Generation,
            ["replicas"] = wanted,
            ["readyReplicas"] = wanted,
            ["availableReplicas"] = wanted,
        };
    }

    private static JsonObject Deployment(KubernetesObject obj, string replicaSet, DateTimeOffset now)
    {
        var status = Replicas(obj);
        status["updatedReplicas"] = Wanted(obj);
        status["conditions"] = new JsonArray(
            Condition("Available", "MinimumReplicasAvailable", "Deployment has minimum availability.", now),
            Condition("Progressing", "NewReplicaSetAvailable", $"ReplicaSet \"{replicaSet}\" has successfully progressed.", now));
        return status;
    }

    private static JsonObject StatefulSet(KubernetesObject obj)
    {
        var status = Replicas(obj);
        var revision = $"{obj.Name}-{obj.Generation}";
        status["updatedReplicas"] = Wanted(obj);
        status["currentReplicas"] = Wanted(obj);
        status["currentRevision"] = revision;
        status["updateRevision"] = revision;
        return status;
    }

    private static JsonObject DaemonSet(KubernetesObject obj) => new()
    {
        ["observedGeneration"] = obj.Generation,
        ["currentNumberScheduled"] = 1,
        ["desiredNumberScheduled"] = 1,
        ["updatedNumberScheduled"] = 1,
        ["numberMisscheduled"] = 0,
        ["numberReady"] = 1,
        ["numberAvailable"] = 1,
    };

    private static JsonObject Job(KubernetesObject obj, DateTimeOffset now) => new()
    {
        ["startTime"] = KubernetesTime.Format(now),
        ["completionTime"] = KubernetesTime.Format(now),
        ["succeeded"] = Number(obj.Find("spec", "completions"), 1),
        ["conditions"] = new JsonArray(
            Condition("SuccessCriteriaMet", "CompletionsReached", "Reached expected number of succeeded pods", now),
            Condition("Complete", "CompletionsReached", "Reached expected number of succeeded pods", now)),
    };

    // One that is not started again was meant to end, as the pods of tests are.
    private static JsonObject Pod(KubernetesObject obj, DateTimeOffset now)
    {
        var ends = obj.Text("spec", "restartPolicy") is "Never" or "OnFailure";
        return new JsonObject
        {
            ["phase"] = ends ? "Succeeded" : "Running",
            ["startTime"] = KubernetesTime.Format(now),
            ["conditions"] = ends
                ? new JsonArray(Condition("PodScheduled", "", "", now))
                : new JsonArray(Condition("PodScheduled", "", "", now), Condition("Ready", "", "", now)),
        };
    }

    private static JsonObject Condition(string type, string reason, string message, DateTimeOffset now) => new()
    {
        ["type"] = type,
        ["status"] = "True",
        ["reason"] = reason,
        ["message"] = message,
        ["lastTransitionTime"] = KubernetesTime.Format(now),
    };

    private static bool HasCondition(KubernetesObject obj, string type) =>
        obj.Find("status", "conditions") is { ValueKind: JsonValueKind.Array } conditions
        && conditions.EnumerateArray().Any(c => c.GetProperty("type").ValueEquals(type) && c.GetProperty("status").ValueEquals("True"));

    private static bool IsObserved(KubernetesObject obj) => Number(obj.Find("status", "observedGeneration"), 0) == obj.Generation;

    private static long Ready(KubernetesObject obj) => Number(obj.Kind == "DaemonSet" ? obj.Find("status", "numberReady") : obj.Find("status", "readyReplicas"), 0);

    private static long Number(JsonElement element, long otherwise) => element.ValueKind == JsonValueKind.Number ? element.GetInt64() : otherwise;

    private static JsonNode? Copy(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? null : JsonSerializer.SerializeToNode(element);
}
