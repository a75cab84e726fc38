namespace Wego.Plugins.Helm;

/// <summary>The inputs that only Helm repositories have, as a JSON schema of request fields.</summary>
internal static class HelmRepositoryForm
{
    private const string PullSecret = """
        {
          "title": "Pull secret",
          "description": "With what the images of the charts are pulled: a docker-registry secret of the namespace, or a login to make one of.",
          "type": "object",
          "properties": {
            "secretRef": { "title": "Secret", "description": "A secret of type kubernetes.io/dockerconfigjson.", "type": "string" },
            "credentials": {
              "title": "Login",
              "type": "object",
              "properties": {
                "server": { "title": "Registry", "type": "string" },
                "username": { "title": "User name", "type": "string" },
                "password": { "title": "Password", "type": "string", "format": "password", "writeOnly": true },
                "email": { "title": "E-mail", "type": "string" }
              },
              "required": ["server", "username", "password"],
              "additionalProperties": false
            }
          },
          "maxProperties": 1,
          "additionalProperties": false
        }
        """;

    private const string Filter = """
        {
          "title": "Filter",
          "description": "Which charts are offered.",
          "type": "object",
          "properties": {
            "jq": { "title": "jq program", "description": "Yields true for a chart that is offered, for example .name == $name.", "type": "string" },
            "variables": { "title": "Variables", "description": "Texts that the program uses by name.", "type": "object", "additionalProperties": { "type": "string" } }
          },
          "additionalProperties": false
        }
        """;

    private const string Proxies = """
        {
          "title": "Proxies",
          "description": "Through which the repository is reached, for catalogue and installations alike.",
          "type": "object",
          "properties": {
            "enabled": { "title": "Used", "type": "boolean", "default": false },
            "httpProxy": { "title": "For http", "description": "For example http://proxy.example:3128.", "type": "string" },
            "httpsProxy": { "title": "For https", "type": "string" },
            "noProxy": { "title": "Exceptions", "description": "Hosts and networks that are reached straight, separated by commas.", "type": "string" }
          },
          "additionalProperties": false
        }
        """;

    private const string Tolerations = """
        {
          "title": "Tolerations",
          "description": "Kept for Kubeapps, whose sync jobs had them; Wego runs none.",
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "key": { "type": "string" },
              "operator": { "type": "string", "enum": ["Exists", "Equal"] },
              "value": { "type": "string" },
              "effect": { "type": "string", "enum": ["NoSchedule", "PreferNoSchedule", "NoExecute"] },
              "tolerationSeconds": { "type": "integer" }
            },
            "additionalProperties": false
          }
        }
        """;

    private const string SecurityContext = """
        {
          "title": "Security context",
          "description": "Kept for Kubeapps, whose sync jobs had it; Wego runs none.",
          "type": "object",
          "properties": {
            "runAsUser": { "type": "integer" },
            "runAsGroup": { "type": "integer" },
            "runAsNonRoot": { "type": "boolean" },
            "supplementalGroups": { "type": "array", "items": { "type": "integer" } },
            "fSGroup": { "type": "integer" }
          },
          "additionalProperties": false
        }
        """;

    /// <summary>For repositories.</summary>
    public const string Repository = $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "customDetail": {
              "title": "Helm repository",
              "type": "object",
              "properties": {
                "@type": {
                  "const": "type.googleapis.com/kubeappsapis.plugins.helm.packages.v1alpha1.HelmPackageRepositoryCustomDetail"
                },
                "imagesPullSecret": {{PullSecret}},
                "ociRepositories": {
                  "title": "Charts",
                  "description": "The charts of a registry that cannot list them itself.",
                  "type": "array",
                  "items": { "type": "string" }
                },
                "filterRule": {{Filter}},
                "performValidation": {
                  "title": "Validate",
                  "description": "Whether the repository is looked at before it is added.",
                  "type": "boolean",
                  "default": true
                },
                "proxyOptions": {{Proxies}},
                "nodeSelector": {
                  "title": "Node selector",
                  "description": "Kept for Kubeapps, whose sync jobs had it; Wego runs none.",
                  "type": "object",
                  "additionalProperties": { "type": "string" }
                },
                "tolerations": {{Tolerations}},
                "securityContext": {{SecurityContext}}
              },
              "required": ["@type"],
              "additionalProperties": false
            }
          }
        }
        """;
}
