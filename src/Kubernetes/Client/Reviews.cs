using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wego.Kubernetes;

/// <summary>The objects of access and token reviews.</summary>
internal static class Reviews
{
    public static readonly GroupVersionResource SelfSubjectAccess = new("authorization.k8s.io", "v1", "selfsubjectaccessreviews");

    public static readonly GroupVersionResource Token = new("authentication.k8s.io", "v1", "tokenreviews");

    public static JsonObject AccessReview(ResourceAttributes attributes)
    {
        var resource = new JsonObject { ["verb"] = attributes.Verb, ["group"] = attributes.Group, ["resource"] = attributes.Resource };
        Add("namespace", attributes.Namespace);
        Add("name", attributes.Name);
        Add("subresource", attributes.Subresource);
        return new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject { ["resourceAttributes"] = resource },
        };

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                resource[name] = value;
            }
        }
    }

    public static AccessDecision Decision(KubernetesObject review)
    {
        var allowed = review.Find("status", "allowed").ValueKind == JsonValueKind.True;
        var error = review.Text("status", "evaluationError");
        var reason = review.Text("status", "reason");
        return new AccessDecision(allowed, reason.Length > 0 ? reason : error);
    }

    public static JsonObject TokenReview(string token) => new()
    {
        ["apiVersion"] = "authentication.k8s.io/v1",
        ["kind"] = "TokenReview",
        ["spec"] = new JsonObject { ["token"] = token },
    };

    public static TokenReviewResult TokenResult(KubernetesObject review)
    {
        var authenticated = review.Find("status", "authenticated").ValueKind == JsonValueKind.True;
        var groups = review.Find("status", "user", "groups");
        return authenticated
            ? new TokenReviewResult(
                true,
                review.Text("status", "user", "username"),
                groups.ValueKind == JsonValueKind.Array ? [.. groups.EnumerateArray().Select(g => g.GetString() ?? "")] : [])
            : new TokenReviewResult(false, "", []);
    }
}
