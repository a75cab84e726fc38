namespace Wego.Plugins.Flux;

/// <summary>The inputs that only this plugin has, as JSON schemas of request fields.</summary>
internal static class FluxForms
{
    private const string Reconciliation = """
        {
          "title": "Reconciliation",
          "type": "object",
          "properties": {
            "interval": {
              "title": "Interval",
              "description": "How often Flux compares the release with what was asked for, for example 10m or 1h30m.",
              "type": "string",
              "pattern": "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$"
            },
            "suspend": {
              "title": "Suspended",
              "description": "Flux leaves the release alone until this is taken back.",
              "type": "boolean",
              "default": false
            },
            "serviceAccountName": {
              "title": "Service account",
              "description": "As whom Flux installs the release; a service account of its namespace.",
              "type": "string"
            }
          },
          "additionalProperties": false
        }
        """;

    /// <summary>For creations and updates of installed packages.</summary>
    public const string Release = $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "reconciliationOptions": {{Reconciliation}}
          }
        }
        """;

    /// <summary>For repositories.</summary>
    public const string Repository = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "customDetail": {
              "title": "Registry",
              "type": "object",
              "properties": {
                "@type": {
                  "const": "type.googleapis.com/kubeappsapis.plugins.fluxv2.packages.v1alpha1.FluxPackageRepositoryCustomDetail"
                },
                "provider": {
                  "title": "Provider",
                  "description": "Whose identity opens an OCI registry; generic uses the repository's own secret.",
                  "type": "string",
                  "enum": ["generic", "aws", "azure", "gcp"],
                  "default": "generic"
                }
              },
              "required": ["@type"],
              "additionalProperties": false
            }
          }
        }
        """;
}
