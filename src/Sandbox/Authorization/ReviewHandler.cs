using System.Text.Json.Nodes;
using Wego.Sandbox.Authentication;
using Wego.Sandbox.Json;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Authorization;

/// <summary>Answers access, rules, token and self reviews.</summary>
internal sealed class ReviewHandler(RbacAuthorizer authorizer, TokenAuthenticator authenticator)
{
    /// <exception cref="ApiException">400 or 422: the question is incomplete.</exception>
    public JsonObject Review(ApiRequest request, JsonObject body)
    {
        var spec = body.Object("spec") ?? [];
        body["status"] = request.Resource switch
        {
            "selfsubjectaccessreviews" => Access(request.User, spec, "SelfSubjectAccessReview"),
            "subjectaccessreviews" => Access(Subject(spec, "SubjectAccessReview"), spec, "SubjectAccessReview"),
            "localsubjectaccessreviews" => Access(Subject(spec, "LocalSubjectAccessReview"), Local(spec, request.Namespace), "LocalSubjectAccessReview"),
            "selfsubjectrulesreviews" => Rules(request.User, spec.Text("namespace") ?? ""),
            "selfsubjectreviews" => new JsonObject { ["userInfo"] = TokenAuthenticator.Describe(request.User) },
            "tokenreviews" => Token(spec),
            _ => throw ApiErrors.NoSuchResource(),
        };
        body.Metadata();
        return body;
    }

    private JsonObject Access(UserInfo user, JsonObject spec, string kind)
    {
        var resource = spec.Object("resourceAttributes");
        var path = spec.Object("nonResourceAttributes");
        if ((resource is null) == (path is null))
        {
            throw ApiErrors.Invalid("authorization.k8s.io", kind, "", [FieldError.Invalid("spec.resourceAttributes", spec["resourceAttributes"], "exactly one of nonResourceAttributes or resourceAttributes must be specified")]);
        }

        var attributes = resource is not null
            ? new AccessAttributes
            {
                User = user,
                Verb = resource.Text("verb") ?? "",
                Group = resource.Text("group") ?? "",
                Resource = resource.Text("resource") ?? "",
                Subresource = resource.Text("subresource") ?? "",
                Namespace = resource.Text("namespace") ?? "",
                Name = resource.Text("name") ?? "",
            }
            : new AccessAttributes { User = user, Verb = path.Text("verb") ?? "", NonResourcePath = path.Text("path") ?? "" };
        var result = authorizer.Authorize(attributes);
        var status = new JsonObject { ["allowed"] = result.Allowed };
        if (result.Reason.Length > 0)
        {
            status["reason"] = result.Reason;
        }

        return status;
    }

    private static UserInfo Subject(JsonObject spec, string kind)
    {
        var user = spec.Text("user") ?? "";
        var groups = spec.Strings("groups").ToArray();
        return user.Length > 0 || groups.Length > 0
            ? new UserInfo(user, [.. groups])
            : throw ApiErrors.Invalid("authorization.k8s.io", kind, "", [FieldError.Invalid("spec.user", user, "at least one of user or group must be specified")]);
    }

    private static JsonObject Local(JsonObject spec, string @namespace) =>
        string.Equals(spec.Object("resourceAttributes").Text("namespace"), @namespace, StringComparison.Ordinal)
            ? spec
            : throw ApiErrors.BadRequest($"spec.resourceAttributes.namespace must match namespace: {@namespace}");

    private JsonObject Rules(UserInfo user, string @namespace)
    {
        if (@namespace.Length == 0)
        {
            throw ApiErrors.BadRequest("no namespace on request");
        }

        var resources = new JsonArray();
        var urls = new JsonArray();
        foreach (var (rule, _) in authorizer.RulesFor(user, @namespace))
        {
            (rule.NonResourceUrls.Count > 0 ? urls : resources).Add(rule.ToJson());
        }

        return new JsonObject { ["resourceRules"] = resources, ["nonResourceRules"] = urls, ["incomplete"] = false };
    }

    private JsonObject Token(JsonObject spec)
    {
        var token = spec.Text("token") ?? "";
        if (token.Length == 0)
        {
            throw ApiErrors.BadRequest("token is required for TokenReview in authentication");
        }

        return authenticator.Find(token) is { } user
            ? new JsonObject { ["authenticated"] = true, ["user"] = TokenAuthenticator.Describe(user) }
            : new JsonObject { ["user"] = new JsonObject(), ["error"] = "invalid bearer token" };
    }
}
