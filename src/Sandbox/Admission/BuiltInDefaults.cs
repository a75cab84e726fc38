using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Resources;

namespace Wego.Sandbox.Admission;

/// <summary>The defaults of built-in kinds that clients can tell from the outside.</summary>
internal static class BuiltInDefaults
{
    private static int _serviceAddress;

    /// <summary>Completes an object that is written.</summary>
    public static void Apply(ResourceDefinition resource, JsonObject body)
    {
        switch (resource.Kind)
        {
            case "Namespace":
                body.Metadata().Ensure("labels").Default("kubernetes.io/metadata.name", body.Metadata().Text("name"));
                break;
            case "Secret":
                Secret(body);
                break;
            case "Service":
                Service(body.Ensure("spec"));
                break;
            case "Pod":
                PodSpec(body.Ensure("spec"));
                break;
            case "Deployment" or "ReplicaSet" or "StatefulSet":
                body.Ensure("spec").Default("replicas", 1);
                PodSpec(body.Ensure("spec").Ensure("template").Ensure("spec"));
                break;
            case "DaemonSet":
                PodSpec(body.Ensure("spec").Ensure("template").Ensure("spec"));
                break;
        }
    }

    /// <summary>What only a new object gets.</summary>
    public static void ApplyToNew(ResourceDefinition resource, JsonObject body)
    {
        switch (resource.Kind)
        {
            case "Namespace":
                body.Ensure("spec")["finalizers"] = new JsonArray("kubernetes");
                body["status"] = new JsonObject { ["phase"] = "Active" };
                break;
            case "Pod":
                body["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = "BestEffort" };
                break;
            case "PersistentVolumeClaim":
                body["status"] = new JsonObject { ["phase"] = "Pending" };
                break;
            case "Service":
                body["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };
                break;
        }
    }

    private static void Secret(JsonObject body)
    {
        body.Default("type", "Opaque");
        if (body.Object("stringData") is { } plain)
        {
            foreach (var (key, value) in plain)
            {
                body.Ensure("data")[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value.AsText() ?? ""));
            }
        }

        body.Remove("stringData");
    }

    private static void Service(JsonObject spec)
    {
        spec.Default("type", "ClusterIP");
        spec.Default("sessionAffinity", "None");
        foreach (var port in spec.Array("ports") ?? [])
        {
            if (port is JsonObject entry)
            {
                entry.Default("protocol", "TCP");
                entry.Default("targetPort", entry["port"]?.DeepClone());
            }
        }

        if (spec.Text("type") is not "ExternalName" && string.IsNullOrEmpty(spec.Text("clusterIP")))
        {
            var next = Interlocked.Increment(ref _serviceAddress);
            spec["clusterIP"] = string.Create(CultureInfo.InvariantCulture, $"10.{96 + ((next >> 16) & 15)}.{(next >> 8) & 255}.{next & 255}");
        }
    }

    private static void PodSpec(JsonObject spec)
    {
        spec.Default("restartPolicy", "Always");
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("schedulerName", "default-scheduler");
        spec.Default("securityContext", new JsonObject());
        foreach (var container in (spec.Array("containers") ?? []).Concat(spec.Array("initContainers") ?? []))
        {
            if (container is JsonObject entry)
            {
                entry.Default("imagePullPolicy", "IfNotPresent");
                entry.Default("resources", new JsonObject());
                foreach (var port in entry.Array("ports") ?? [])
                {
                    (port as JsonObject)?.Default("protocol", "TCP");
                }
            }
        }
    }
}
