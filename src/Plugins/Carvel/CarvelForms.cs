namespace Wego.Plugins.Carvel;

/// <summary>The inputs that only this plugin has, as JSON schemas of request fields.</summary>
internal static class CarvelForms
{
    private const string Reconciliation = """
        "interval": {
                  "title": "Interval",
                  "description": "How often kapp-controller compares the package with what was asked for, for example 10m or 1h30m; at least 30s.",
                  "type": "string",
                  "pattern": "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$"
                },
                "suspend": {
                  "title": "Paused",
                  "description": "kapp-controller leaves the package alone until this is taken back.",
                  "type": "boolean",
                  "default": false
                }
        """;

    private const string VersionSelection = """
        {
          "title": "Version selection",
          "description": "Chooses the tag by version.",
          "type": "object",
          "properties": {
            "semver": {
              "type": "object",
              "properties": {
                "constraints": {
                  "title": "Constraints",
                  "description": "Comparisons such as '>=1.2.0 <2.0.0' or '1.x'.",
                  "type": "string"
                },
                "prereleases": {
                  "title": "Pre-releases",
                  "description": "Without it no pre-release is chosen; without identifiers any.",
                  "type": "object",
                  "properties": {
                    "identifiers": { "title": "Identifiers", "description": "For example rc or beta.", "type": "array", "items": { "type": "string" } }
                  },
                  "additionalProperties": false
                }
              },
              "additionalProperties": false
            }
          },
          "additionalProperties": false
        }
        """;

    /// <summary>For creations of installed packages.</summary>
    public const string Create = $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "reconciliationOptions": {
              "title": "Reconciliation",
              "type": "object",
              "properties": {
                "serviceAccountName": {
                  "title": "Service account",
                  "description": "With whose rights kapp-controller installs the package; a service account of its namespace.",
                  "type": "string",
                  "minLength": 1
                },
                {{Reconciliation}}
              },
              "required": ["serviceAccountName"],
              "additionalProperties": false
            }
          },
          "required": ["reconciliationOptions"]
        }
        """;

    /// <summary>For updates of installed packages.</summary>
    public const string Update = $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "reconciliationOptions": {
              "title": "Reconciliation",
              "type": "object",
              "properties": {
                "serviceAccountName": {
                  "title": "Service account",
                  "description": "With whose rights kapp-controller installs the package; stays as it is where it is left out.",
                  "type": "string"
                },
                {{Reconciliation}}
              },
              "additionalProperties": false
            }
          }
        }
        """;

    /// <summary>For repositories.</summary>
    public const string Repository = $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "type": { "title": "Type", "enum": ["imgpkgBundle", "image", "git", "http"], "default": "imgpkgBundle" },
            "customDetail": {
              "title": "Fetching",
              "type": "object",
              "properties": {
                "@type": {
                  "const": "type.googleapis.com/kubeappsapis.plugins.kapp_controller.packages.v1alpha1.KappControllerPackageRepositoryCustomDetail"
                },
                "fetch": {
                  "description": "The part that is named like the type.",
                  "type": "object",
                  "properties": {
                    "imgpkgBundle": {
                      "title": "Bundle",
                      "type": "object",
                      "properties": { "tagSelection": {{VersionSelection}} },
                      "additionalProperties": false
                    },
                    "image": {
                      "title": "Image",
                      "type": "object",
                      "properties": {
                        "tagSelection": {{VersionSelection}},
                        "subPath": { "title": "Path", "description": "The folder within the image.", "type": "string" }
                      },
                      "additionalProperties": false
                    },
                    "git": {
                      "title": "Git",
                      "type": "object",
                      "properties": {
                        "ref": { "title": "Reference", "description": "A branch, tag or commit.", "type": "string" },
                        "refSelection": {{VersionSelection}},
                        "subPath": { "title": "Path", "description": "The folder within the repository.", "type": "string" },
                        "lfsSkipSmudge": { "title": "Leave large files", "description": "Leaves large files as pointers.", "type": "boolean", "default": false }
                      },
                      "additionalProperties": false
                    },
                    "http": {
                      "title": "Archive",
                      "type": "object",
                      "properties": {
                        "subPath": { "title": "Path", "description": "The folder within the archive.", "type": "string" },
                        "sha256": { "title": "Digest", "description": "SHA-256 of the archive, in hexadecimal.", "type": "string" }
                      },
                      "additionalProperties": false
                    }
                  },
                  "maxProperties": 1,
                  "additionalProperties": false
                }
              },
              "required": ["@type"],
              "additionalProperties": false
            }
          }
        }
        """;
}
