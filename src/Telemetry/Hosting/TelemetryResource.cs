using Microsoft.Extensions.Configuration;
using OpenTelemetry.Resources;

namespace Wego.Telemetry;

/// <summary>
/// Who reports, by OpenTelemetry's conventions for services and Kubernetes. The pod's variables are those that the chart sets.
/// <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> count more.
/// </summary>
internal static class TelemetryResource
{
    private static readonly (string Variable, string Attribute)[] Pod =
    [
        ("POD_NAME", "k8s.pod.name"), ("POD_NAMESPACE", "k8s.namespace.name"), ("POD_UID", "k8s.pod.uid"), ("NODE_NAME", "k8s.node.name"),
    ];

    public static void Configure(ResourceBuilder resource, IConfiguration configuration, string version)
    {
        var pod = configuration["POD_NAME"];
        resource.AddService("wego", serviceVersion: version, serviceInstanceId: string.IsNullOrEmpty(pod) ? Guid.NewGuid().ToString() : pod)
            .AddAttributes(Pod
                .Where(p => !string.IsNullOrEmpty(configuration[p.Variable]))
                .Select(p => KeyValuePair.Create(p.Attribute, (object)configuration[p.Variable]!)))
            .AddEnvironmentVariableDetector();
    }
}
