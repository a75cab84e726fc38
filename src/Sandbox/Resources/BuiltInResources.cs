namespace Wego.Sandbox.Resources;

/// <summary>The table of the kinds every cluster has.</summary>
internal static class BuiltInResources
{
    private const string Apps = "apps";
    private const string Rbac = "rbac.authorization.k8s.io";

    public static IReadOnlyList<ResourceDefinition> All { get; } =
    [
        Define("", "v1", "configmaps", "ConfigMap", ["cm"], columns: [Integer("Data", "{data}")]),
        Define("", "v1", "endpoints", "Endpoints", ["ep"]),
        Define("", "v1", "events", "Event", ["ev"], columns:
            [Text("Type", ".type"), Text("Reason", ".reason"), Text("Object", ".involvedObject.name"), Text("Message", ".message")],
            fields: ["involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type"]),
        Define("", "v1", "limitranges", "LimitRange", ["limits"]),
        Define("", "v1", "namespaces", "Namespace", ["ns"], namespaced: false, status: true, names: NameRule.Label, columns: [Text("Status", ".status.phase")], fields: ["status.phase"]),
        Define("", "v1", "nodes", "Node", ["no"], namespaced: false, status: true, fields: ["spec.unschedulable"]),
        Define("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", ["pvc"], status: true, columns: [Text("Status", ".status.phase"), Text("Volume", ".spec.volumeName"), Text("StorageClass", ".spec.storageClassName")]),
        Define("", "v1", "persistentvolumes", "PersistentVolume", ["pv"], namespaced: false, status: true, columns: [Text("Status", ".status.phase")]),
        Define("", "v1", "pods", "Pod", ["po"], status: true, categories: ["all"], columns:
            [Text("Status", ".status.phase"), Text("IP", ".status.podIP", 1), Text("Node", ".spec.nodeName", 1)],
            fields: ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase", "status.podIP", "status.nominatedNodeName"]),
        Define("", "v1", "podtemplates", "PodTemplate", []),
        Define("", "v1", "replicationcontrollers", "ReplicationController", ["rc"], status: true, scale: true, generation: true, categories: ["all"]),
        Define("", "v1", "resourcequotas", "ResourceQuota", ["quota"], status: true),
        Define("", "v1", "secrets", "Secret", [], columns: [Text("Type", ".type"), Integer("Data", "{data}")], fields: ["type"]),
        Define("", "v1", "serviceaccounts", "ServiceAccount", ["sa"]),
        Define("", "v1", "services", "Service", ["svc"], status: true, names: NameRule.ServiceLabel, categories: ["all"], columns: [Text("Type", ".spec.type"), Text("Cluster-IP", ".spec.clusterIP")]),
        Define("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", [], namespaced: false, generation: true),
        Define("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", [], namespaced: false, generation: true),
        Define("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", ["crd", "crds"], namespaced: false, status: true, generation: true, columns: [Text("Created At", ".metadata.creationTimestamp")]),
        Define("apiregistration.k8s.io", "v1", "apiservices", "APIService", [], namespaced: false, status: true, names: NameRule.PathSegment),
        Define(Apps, "v1", "controllerrevisions", "ControllerRevision", []),
        Define(Apps, "v1", "daemonsets", "DaemonSet", ["ds"], status: true, generation: true, categories: ["all"], columns: [Integer("Desired", ".status.desiredNumberScheduled"), Integer("Ready", ".status.numberReady")]),
        Define(Apps, "v1", "deployments", "Deployment", ["deploy"], status: true, scale: true, generation: true, categories: ["all"], columns: [Text("Ready", "{ready}"), Integer("Up-to-date", ".status.updatedReplicas"), Integer("Available", ".status.availableReplicas")]),
        Define(Apps, "v1", "replicasets", "ReplicaSet", ["rs"], status: true, scale: true, generation: true, categories: ["all"], columns: [Integer("Desired", ".spec.replicas"), Integer("Current", ".status.replicas"), Integer("Ready", ".status.readyReplicas")]),
        Define(Apps, "v1", "statefulsets", "StatefulSet", ["sts"], status: true, scale: true, generation: true, categories: ["all"], columns: [Text("Ready", "{ready}")]),
        Define("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", ["hpa"], status: true, categories: ["all"]),
        Define("batch", "v1", "cronjobs", "CronJob", ["cj"], status: true, generation: true, categories: ["all"], columns: [Text("Schedule", ".spec.schedule")]),
        Define("batch", "v1", "jobs", "Job", [], status: true, generation: true, categories: ["all"], columns: [Integer("Succeeded", ".status.succeeded")], fields: ["status.successful"]),
        Define("coordination.k8s.io", "v1", "leases", "Lease", [], columns: [Text("Holder", ".spec.holderIdentity")]),
        Define("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", []),
        Define("networking.k8s.io", "v1", "ingressclasses", "IngressClass", [], namespaced: false, generation: true),
        Define("networking.k8s.io", "v1", "ingresses", "Ingress", ["ing"], status: true, generation: true, columns: [Text("Class", ".spec.ingressClassName")]),
        Define("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", ["netpol"], generation: true),
        Define("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", ["pdb"], status: true, generation: true),
        Define(Rbac, "v1", "clusterrolebindings", "ClusterRoleBinding", [], namespaced: false, names: NameRule.PathSegment, columns: [Text("Role", ".roleRef.name")]),
        Define(Rbac, "v1", "clusterroles", "ClusterRole", [], namespaced: false, names: NameRule.PathSegment),
        Define(Rbac, "v1", "rolebindings", "RoleBinding", [], names: NameRule.PathSegment, columns: [Text("Role", ".roleRef.name")]),
        Define(Rbac, "v1", "roles", "Role", [], names: NameRule.PathSegment),
        Define("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", ["pc"], namespaced: false, generation: true),
        Define("storage.k8s.io", "v1", "storageclasses", "StorageClass", ["sc"], namespaced: false),
    ];

    private static PrinterColumn Text(string name, string path, int priority = 0) => new(name, "string", path, Priority: priority);

    private static PrinterColumn Integer(string name, string path) => new(name, "integer", path);

    private static ResourceDefinition Define(
        string group,
        string version,
        string resource,
        string kind,
        string[] shortNames,
        bool namespaced = true,
        bool status = false,
        bool scale = false,
        bool generation = false,
        NameRule names = NameRule.Subdomain,
        string[]? categories = null,
        PrinterColumn[]? columns = null,
        string[]? fields = null) => new()
        {
            Group = group,
            Resource = resource,
            Kind = kind,
            Namespaced = namespaced,
            StorageVersion = version,
            Versions =
            [
                new ResourceVersionDefinition(
                    version,
                    null,
                    [.. columns ?? [], new PrinterColumn("Age", "date", ".metadata.creationTimestamp")],
                    status,
                    scale ? ScalePaths.Workload : null),
            ],
            ShortNames = shortNames,
            Categories = categories ?? [],
            NameRule = names,
            CountsGenerations = generation,
            SelectableFields = fields ?? [],
        };
}
