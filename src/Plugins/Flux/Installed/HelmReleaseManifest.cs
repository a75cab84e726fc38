using System.Text.Json.Nodes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>Writes requests into <c>HelmRelease</c> objects.</summary>
internal static class HelmReleaseManifest
{
    private const string VersionField = "pkg_version_reference.version";

    /// <summary>The object for a new package.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static JsonObject Create(CreateInstalledPackage request, FluxOptions options, string apiVersion)
    {
        ObjectNames.RequireRelease("name", request.Ref.Name);
        ObjectNames.RequireNamespace("target_context.namespace", request.Ref.Namespace);
        var source = request.Package.Repository;
        if (options.NoCrossNamespaceRefs && source.Namespace != request.Ref.Namespace)
        {
            throw PackageException.InvalidField(
                "available_package_ref.context.namespace",
                $"the repository is in namespace {source.Namespace}, but Flux does not allow releases to refer to other namespaces: use a repository in {request.Ref.Namespace}.");
        }

        var chart = new JsonObject
        {
            ["chart"] = request.Package.Package,
            ["sourceRef"] = new JsonObject
            {
                ["kind"] = FluxKinds.HelmRepositoryKind,
                ["name"] = source.Name,
                ["namespace"] = source.Namespace,
            },
        };
        SetVersion(chart, request.VersionReference, options.UpgradePolicy);
        var spec = new JsonObject { ["chart"] = new JsonObject { ["spec"] = chart } };
        SetReconciliation(spec, request.Reconciliation, options);
        spec["suspend"] = request.Reconciliation?.Suspend ?? false;
        if (options.Timeout.Length > 0)
        {
            spec["timeout"] = FluxInterval.Require(FluxOptions.Section, options.Timeout, "");
        }

        SetValues(spec, request.Values);
        return new JsonObject
        {
            ["apiVersion"] = apiVersion,
            ["kind"] = FluxKinds.HelmReleaseKind,
            ["metadata"] = new JsonObject { ["name"] = request.Ref.Name, ["namespace"] = request.Ref.Namespace },
            ["spec"] = spec,
        };
    }

    /// <summary>
    /// Applies a change to the present object: version, values, interval and service account are as the request says or back to
    /// their defaults, the suspension changes only with reconciliation options, everything else stays.
    /// </summary>
    /// <exception cref="PackageException">
    /// <see cref="PackageErrorCode.InvalidArgument"/> naming the field; <see cref="PackageErrorCode.FailedPrecondition"/> where a
    /// version is asked for and the release takes its chart from elsewhere than a HelmRepository.
    /// </exception>
    public static void Update(JsonObject release, UpdateInstalledPackage request, FluxOptions options)
    {
        // The controller's; a write that carried it would be ignored at best.
        release.Remove("status");
        (release["metadata"] as JsonObject)?.Remove("managedFields");
        if (release["spec"] is not JsonObject spec)
        {
            release["spec"] = spec = [];
        }

        if (spec["chart"]?["spec"] is JsonObject chart && chart["sourceRef"]?["kind"]?.GetValue<string>() == FluxKinds.HelmRepositoryKind)
        {
            SetVersion(chart, request.VersionReference, options.UpgradePolicy);
        }
        else if (request.VersionReference.Length > 0)
        {
            throw new PackageException(
                PackageErrorCode.FailedPrecondition,
                $"{VersionField}: the chart of {request.Ref.Name} does not come from a HelmRepository, so its version is set at its source; leave the version out.");
        }

        SetReconciliation(spec, request.Reconciliation, options);
        if (request.Reconciliation is { } reconciliation)
        {
            spec["suspend"] = reconciliation.Suspend;
        }

        SetValues(spec, request.Values);
    }

    private static void SetVersion(JsonObject chart, string version, UpgradePolicy policy)
    {
        chart.Remove("version");
        if (version.Length == 0)
        {
            return;
        }

        chart["version"] = policy.TryApply(version, out var expression, out var error)
            ? expression
            : throw PackageException.InvalidField(VersionField, $"'{version}' is neither a version nor a constraint: {error}");
    }

    private static void SetReconciliation(JsonObject spec, ReconciliationOptions? wanted, FluxOptions options)
    {
        spec["interval"] = FluxInterval.Require("reconciliation_options.interval", wanted?.Interval ?? "", options.DefaultInterval);
        spec.Remove("serviceAccountName");
        if (wanted is { ServiceAccountName.Length: > 0 })
        {
            ObjectNames.RequireObject("reconciliation_options.service_account_name", wanted.ServiceAccountName);
            spec["serviceAccountName"] = wanted.ServiceAccountName;
        }
    }

    private static void SetValues(JsonObject spec, string text)
    {
        spec.Remove("values");
        if (PackageValues.Parse(text) is { } values)
        {
            spec["values"] = values;
        }
    }
}
