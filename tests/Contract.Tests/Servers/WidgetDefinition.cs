using System.Net;
using Wego.Contract.Tests.Http;

namespace Wego.Contract.Tests.Servers;

/// <summary>A custom kind of the suite's own that uses what a definition can say: defaults, pruning, validation, subresources, columns.</summary>
public static class WidgetDefinition
{
    public const string Group = "contract.wego.dev";
    public const string Name = $"widgets.{Group}";
    public const string Path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly HashSet<string> Installed = [];

    private const string Definition =
        $$"""
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
          "metadata": { "name": "{{Name}}" },
          "spec": {
            "group": "{{Group}}", "scope": "Namespaced",
            "names": { "plural": "widgets", "singular": "widget", "kind": "Widget", "listKind": "WidgetList", "shortNames": ["wd"], "categories": ["all"] },
            "versions": [
              {
                "name": "v1", "served": true, "storage": true,
                "subresources": { "status": {} },
                "additionalPrinterColumns": [
                  { "name": "Size", "type": "integer", "jsonPath": ".spec.size" },
                  { "name": "Ready", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status" },
                  { "name": "Colour", "type": "string", "priority": 1, "jsonPath": ".spec.colour" },
                  { "name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp" }
                ],
                "schema": { "openAPIV3Schema": {
                  "type": "object", "required": ["spec"],
                  "properties": {
                    "spec": {
                      "type": "object", "required": ["size"],
                      "properties": {
                        "size": { "type": "integer", "minimum": 1, "maximum": 10 },
                        "colour": { "type": "string", "enum": ["red", "green"], "default": "red" },
                        "label": { "type": "string", "pattern": "^[a-z]+$", "maxLength": 5 },
                        "nested": { "type": "object", "default": {}, "properties": { "enabled": { "type": "boolean", "default": true } } },
                        "values": { "type": "object", "x-kubernetes-preserve-unknown-fields": true },
                        "maybe": { "type": "string", "nullable": true },
                        "parts": {
                          "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                          "items": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" }, "count": { "type": "integer" } } }
                        },
                        "tags": { "type": "array", "x-kubernetes-list-type": "set", "items": { "type": "string" } },
                        "steps": { "type": "array", "items": { "type": "string" } }
                      }
                    },
                    "status": {
                      "type": "object",
                      "properties": {
                        "observedGeneration": { "type": "integer", "format": "int64" },
                        "conditions": {
                          "type": "array",
                          "items": { "type": "object", "properties": { "type": { "type": "string" }, "status": { "type": "string" } } }
                        }
                      }
                    }
                  }
                } }
              },
              { "name": "v1beta1", "served": true, "storage": false, "schema": { "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } } },
              { "name": "v1alpha1", "served": false, "storage": false, "schema": { "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } } }
            ]
          }
        }
        """;

    /// <summary>Installs the definition once per server and waits until its kind is served.</summary>
    public static async Task EnsureAsync(ApiClient admin, string server, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            if (Installed.Contains(server))
            {
                return;
            }

            (await admin.PostAsync(Path, Definition, cancellationToken)).Status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.Conflict);
            await WaitUntilEstablishedAsync(admin, Name, cancellationToken);
            Installed.Add(server);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Waits for the condition Established of a definition.</summary>
    public static async Task WaitUntilEstablishedAsync(ApiClient admin, string name, CancellationToken cancellationToken)
    {
        await using var watch = await admin.WatchAsync($"{Path}?watch=true&fieldSelector=metadata.name={name}", cancellationToken: cancellationToken);
        await watch.UntilAsync(e => e.Object.At("/status/conditions")?.AsArray().Any(condition =>
            condition.Text("/type") == "Established" && condition.Text("/status") == "True") == true);
    }
}
