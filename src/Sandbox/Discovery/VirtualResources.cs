namespace Wego.Sandbox.Discovery;

/// <summary>The reviews of authentication and authorization.</summary>
internal static class VirtualResources
{
    public static IReadOnlyList<VirtualResource> All { get; } =
    [
        new("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", false),
        new("authentication.k8s.io", "v1", "tokenreviews", "TokenReview", false),
        new("authorization.k8s.io", "v1", "localsubjectaccessreviews", "LocalSubjectAccessReview", true),
        new("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false),
        new("authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", false),
        new("authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview", false),
    ];
}
