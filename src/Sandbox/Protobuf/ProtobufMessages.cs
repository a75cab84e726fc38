namespace Wego.Sandbox.Protobuf;

/// <summary>
/// The messages that kubectl sends in protobuf: what <c>kubectl create</c> builds, and reviews. <c>Ignored</c> are parts that
/// the server fills in itself.
/// </summary>
internal static class ProtobufMessages
{
    private static readonly Dictionary<string, ProtobufMessage> Messages = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ObjectMeta"] = "1 name; 2 generateName; 3 namespace; 4 selfLink; 5 uid; 6 resourceVersion; 7 generation int; 8 creationTimestamp Time; 9 deletionTimestamp Time; 10 deletionGracePeriodSeconds int; 11 labels map; 12 annotations map; 13 ownerReferences list OwnerReference; 14 finalizers list",
        ["OwnerReference"] = "1 kind; 3 name; 4 uid; 5 apiVersion; 6 controller bool; 7 blockOwnerDeletion bool",
        ["LabelSelector"] = "1 matchLabels map; 2 matchExpressions list LabelSelectorRequirement",
        ["LabelSelectorRequirement"] = "1 key; 2 operator; 3 values list",
        ["LocalObjectReference"] = "1 name",
        ["ObjectReference"] = "1 kind; 2 namespace; 3 name; 4 uid; 5 apiVersion; 6 resourceVersion; 7 fieldPath",

        ["ConfigMap"] = "1 metadata ObjectMeta; 2 data map; 3 binaryData map bytes; 4 immutable bool",
        ["Secret"] = "1 metadata ObjectMeta; 2 data map bytes; 3 type; 4 stringData map; 5 immutable bool",
        ["Namespace"] = "1 metadata ObjectMeta; 2 spec NamespaceSpec; 3 status Ignored",
        ["NamespaceSpec"] = "1 finalizers list",
        ["ServiceAccount"] = "1 metadata ObjectMeta; 2 secrets list ObjectReference; 3 imagePullSecrets list LocalObjectReference; 4 automountServiceAccountToken bool!",
        ["Service"] = "1 metadata ObjectMeta; 2 spec ServiceSpec; 3 status Ignored",
        ["ServiceSpec"] = "1 ports list ServicePort; 2 selector map; 3 clusterIP; 4 type; 5 externalIPs list; 7 sessionAffinity; 8 loadBalancerIP; 9 loadBalancerSourceRanges list; 10 externalName; 11 externalTrafficPolicy; 12 healthCheckNodePort int; 13 publishNotReadyAddresses bool; 17 ipFamilyPolicy; 18 clusterIPs list; 19 ipFamilies list; 20 allocateLoadBalancerNodePorts bool!; 21 loadBalancerClass; 22 internalTrafficPolicy",
        ["ServicePort"] = "1 name; 2 protocol; 3 port int; 4 targetPort IntOrString; 5 nodePort int; 6 appProtocol",
        ["Role"] = "1 metadata ObjectMeta; 2 rules list PolicyRule",
        ["ClusterRole"] = "1 metadata ObjectMeta; 2 rules list PolicyRule; 3 aggregationRule AggregationRule",
        ["AggregationRule"] = "1 clusterRoleSelectors list LabelSelector",
        ["PolicyRule"] = "1 verbs list; 2 apiGroups list; 3 resources list; 4 resourceNames list; 5 nonResourceURLs list",
        ["RoleBinding"] = "1 metadata ObjectMeta; 2 subjects list Subject; 3 roleRef RoleRef",
        ["ClusterRoleBinding"] = "1 metadata ObjectMeta; 2 subjects list Subject; 3 roleRef RoleRef",
        ["Subject"] = "1 kind; 2 apiGroup; 3 name; 4 namespace",
        ["RoleRef"] = "1 apiGroup; 2 kind; 3 name",

        ["Deployment"] = "1 metadata ObjectMeta; 2 spec DeploymentSpec; 3 status Ignored",
        ["DeploymentSpec"] = "1 replicas int!; 2 selector LabelSelector; 3 template PodTemplateSpec; 4 strategy DeploymentStrategy; 5 minReadySeconds int; 6 revisionHistoryLimit int!; 7 paused bool",
        ["DeploymentStrategy"] = "1 type",
        ["PodSecurityContext"] = "",
        ["Job"] = "1 metadata ObjectMeta; 2 spec JobSpec; 3 status Ignored",
        ["JobSpec"] = "1 parallelism int!; 2 completions int!; 3 activeDeadlineSeconds int; 4 selector LabelSelector; 5 manualSelector bool; 6 template PodTemplateSpec; 7 backoffLimit int!; 8 ttlSecondsAfterFinished int!",
        ["CronJob"] = "1 metadata ObjectMeta; 2 spec CronJobSpec; 3 status Ignored",
        ["CronJobSpec"] = "1 schedule; 2 startingDeadlineSeconds int; 3 concurrencyPolicy; 4 suspend bool!; 5 jobTemplate JobTemplateSpec; 6 successfulJobsHistoryLimit int!; 7 failedJobsHistoryLimit int!; 8 timeZone",
        ["JobTemplateSpec"] = "1 metadata ObjectMeta; 2 spec JobSpec",
        ["PodTemplateSpec"] = "1 metadata ObjectMeta; 2 spec PodSpec",
        ["PodSpec"] = "2 containers list Container; 3 restartPolicy; 4 terminationGracePeriodSeconds int!; 5 activeDeadlineSeconds int; 6 dnsPolicy; 7 nodeSelector map; 8 serviceAccountName; 9 serviceAccount; 10 nodeName; 11 hostNetwork bool; 12 hostPID bool; 13 hostIPC bool; 14 securityContext PodSecurityContext; 15 imagePullSecrets list LocalObjectReference; 16 hostname; 17 subdomain; 19 schedulerName; 24 priorityClassName; 20 initContainers list Container",
        ["Container"] = "1 name; 2 image; 3 command list; 4 args list; 5 workingDir; 6 ports list ContainerPort; 7 env list EnvVar; 8 resources ResourceRequirements; 13 terminationMessagePath; 14 imagePullPolicy; 16 stdin bool; 17 stdinOnce bool; 18 tty bool; 20 terminationMessagePolicy",
        ["ContainerPort"] = "1 name; 2 hostPort int; 3 containerPort int; 4 protocol; 5 hostIP",
        ["EnvVar"] = "1 name; 2 value",
        ["ResourceRequirements"] = "1 limits map Quantity; 2 requests map Quantity",

        ["SelfSubjectAccessReview"] = "1 metadata ObjectMeta; 2 spec SelfSubjectAccessReviewSpec; 3 status Ignored",
        ["SelfSubjectAccessReviewSpec"] = "1 resourceAttributes ResourceAttributes; 2 nonResourceAttributes NonResourceAttributes",
        ["SubjectAccessReview"] = "1 metadata ObjectMeta; 2 spec SubjectAccessReviewSpec; 3 status Ignored",
        ["LocalSubjectAccessReview"] = "1 metadata ObjectMeta; 2 spec SubjectAccessReviewSpec; 3 status Ignored",
        ["SubjectAccessReviewSpec"] = "1 resourceAttributes ResourceAttributes; 2 nonResourceAttributes NonResourceAttributes; 3 user; 4 groups list; 6 uid",
        ["ResourceAttributes"] = "1 namespace; 2 verb; 3 group; 4 version; 5 resource; 6 subresource; 7 name",
        ["NonResourceAttributes"] = "1 path; 2 verb",
        ["SelfSubjectRulesReview"] = "1 metadata ObjectMeta; 2 spec SelfSubjectRulesReviewSpec; 3 status Ignored",
        ["SelfSubjectRulesReviewSpec"] = "1 namespace",
        ["SelfSubjectReview"] = "1 metadata ObjectMeta; 2 status Ignored",
        ["TokenReview"] = "1 metadata ObjectMeta; 2 spec TokenReviewSpec; 3 status Ignored",
        ["TokenReviewSpec"] = "1 token; 2 audiences list",
        ["TokenRequest"] = "1 metadata ObjectMeta; 2 spec TokenRequestSpec; 3 status Ignored",
        ["TokenRequestSpec"] = "1 audiences list; 3 boundObjectRef ObjectReference; 4 expirationSeconds int",
        ["DeleteOptions"] = "1 gracePeriodSeconds int!; 2 preconditions Preconditions; 3 orphanDependents bool!; 4 propagationPolicy; 5 dryRun list",
        ["Preconditions"] = "1 uid; 2 resourceVersion",
    }.ToDictionary(m => m.Key, m => ProtobufMessage.Parse(m.Key, m.Value), StringComparer.Ordinal);

    /// <summary>The message of a kind, or null.</summary>
    public static ProtobufMessage? Find(string kind) => Messages.GetValueOrDefault(kind);

    /// <summary>A message another one refers to.</summary>
    public static ProtobufMessage Get(string name) => Messages[name];
}
