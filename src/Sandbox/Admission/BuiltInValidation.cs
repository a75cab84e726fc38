using System.Text.Json;
using System.Text.Json.Nodes;
using Wego.Sandbox.Json;
using Wego.Sandbox.Resources;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Admission;

/// <summary>The checks of built-in kinds that users of packages run into.</summary>
internal static class BuiltInValidation
{
    public static IEnumerable<FieldError> Validate(ResourceDefinition resource, JsonObject body, JsonObject? before) => resource.Kind switch
    {
        "ConfigMap" => Keys(body).Concat(Immutable(body, before)),
        "Secret" => Secret(body, before),
        "RoleBinding" or "ClusterRoleBinding" => Binding(body, before),
        "Deployment" or "ReplicaSet" or "StatefulSet" or "DaemonSet" => Workload(body, before),
        "Pod" => PodSpec(body.Object("spec"), "spec"),
        _ => [],
    };

    private static IEnumerable<FieldError> Secret(JsonObject body, JsonObject? before)
    {
        foreach (var (key, value) in body.Object("data") ?? [])
        {
            var text = value.AsText() ?? "";
            if (!Convert.TryFromBase64String(text, new byte[text.Length], out _))
            {
                throw ApiErrors.BadRequest($"Secret in version \"v1\" cannot be handled as a Secret: data.{key}: illegal base64 data");
            }
        }

        if (before is not null && !string.Equals(before.Text("type"), body.Text("type"), StringComparison.Ordinal))
        {
            yield return FieldError.Invalid("type", body["type"], "field is immutable");
        }

        var needed = body.Text("type") switch
        {
            "kubernetes.io/dockerconfigjson" => ".dockerconfigjson",
            "kubernetes.io/dockercfg" => ".dockercfg",
            "kubernetes.io/ssh-auth" => "ssh-privatekey",
            _ => null,
        };
        if (needed is not null && body.Object("data")?.ContainsKey(needed) is not true)
        {
            yield return FieldError.Required($"data[{needed}]");
        }

        foreach (var error in Keys(body).Concat(Immutable(body, before)))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Keys(JsonObject body)
    {
        foreach (var key in (body.Object("data") ?? []).Concat(body.Object("binaryData") ?? []).Select(p => p.Key))
        {
            if (key.Length is 0 or > 253 || key is "." or ".." || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                yield return FieldError.Invalid($"data[{key}]", key, "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
            }
        }
    }

    private static IEnumerable<FieldError> Immutable(JsonObject body, JsonObject? before)
    {
        foreach (var (key, value) in body.Object("data") ?? [])
        {
            if (value is not null && value.GetValueKind() != JsonValueKind.String)
            {
                throw ApiErrors.BadRequest($"{body.Text("kind")} in version \"v1\" cannot be handled as a {body.Text("kind")}: data.{key}: expected string, got {value.GetValueKind()}");
            }
        }

        if (before is not null && before.Flag("immutable"))
        {
            if (!body.Flag("immutable"))
            {
                yield return FieldError.Forbidden("immutable", "field is immutable when `immutable` is set");
            }

            if (!JsonNode.DeepEquals(before["data"], body["data"]))
            {
                yield return FieldError.Forbidden("data", "field is immutable when `immutable` is set");
            }
        }
    }

    private static IEnumerable<FieldError> Binding(JsonObject body, JsonObject? before)
    {
        if (string.IsNullOrEmpty(body.Object("roleRef").Text("name")))
        {
            yield return FieldError.Required("roleRef.name");
        }

        if (before is not null && !JsonNode.DeepEquals(before["roleRef"], body["roleRef"]))
        {
            yield return FieldError.Invalid("roleRef", body["roleRef"], "cannot change roleRef");
        }
    }

    private static IEnumerable<FieldError> Workload(JsonObject body, JsonObject? before)
    {
        var spec = body.Object("spec");
        var selector = spec.Object("selector");
        if (selector is null)
        {
            yield return FieldError.Required("spec.selector");
        }
        else
        {
            var labels = spec.Object("template").Object("metadata").Object("labels") ?? [];
            if (!Selectors.LabelSelector.FromObject(selector).Matches(JsonText.ToElement(labels)))
            {
                yield return FieldError.Invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
            }

            if (before?.Object("spec")?["selector"] is { } old && !JsonNode.DeepEquals(old, selector))
            {
                yield return FieldError.Invalid("spec.selector", selector, "field is immutable");
            }
        }

        foreach (var error in PodSpec(spec.Object("template").Object("spec"), "spec.template.spec"))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> PodSpec(JsonObject? spec, string path)
    {
        if (spec.Array("containers") is not { Count: > 0 } containers)
        {
            yield return FieldError.Required($"{path}.containers");
            yield break;
        }

        for (var i = 0; i < containers.Count; i++)
        {
            if (string.IsNullOrEmpty(containers[i].Text("name")))
            {
                yield return FieldError.Required($"{path}.containers[{i}].name");
            }

            if (string.IsNullOrEmpty(containers[i].Text("image")))
            {
                yield return FieldError.Required($"{path}.containers[{i}].image");
            }
        }
    }
}
