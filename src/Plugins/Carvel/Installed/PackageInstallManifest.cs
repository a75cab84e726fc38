using System.Text.Json.Nodes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Carvel;

/// <summary>Writes requests into <c>PackageInstall</c> objects.</summary>
internal static class PackageInstallManifest
{
    private const string DowngradableAnnotation = "packaging.carvel.dev/downgradable";
    private const string ServiceAccountField = "reconciliation_options.service_account_name";

    /// <summary>The object for a new package, without values.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static JsonObject Create(CreateInstalledPackage request, CarvelOptions options, string apiVersion)
    {
        ObjectNames.RequireNamespace("target_context.namespace", request.Ref.Namespace);
        ObjectNames.RequireObject("name", request.Ref.Name, ValuesSecret.NameOf("", request.Ref.Namespace).Length);
        if (request.Package.Repository.Cluster != request.Ref.Cluster)
        {
            throw PackageException.InvalidField(
                "target_context.cluster",
                $"the package is in cluster {request.Package.Repository.Cluster}, but kapp-controller installs packages of its own cluster only: install there.");
        }

        if (request.Reconciliation is not { ServiceAccountName.Length: > 0 } reconciliation)
        {
            throw PackageException.InvalidField(ServiceAccountField, "name the service account with whose rights kapp-controller is to install the package.");
        }

        var spec = new JsonObject
        {
            ["packageRef"] = new JsonObject
            {
                ["refName"] = request.Package.Package,
                ["versionSelection"] = VersionSelection.Require(request.VersionReference, options).ToManifest(),
            },
        };
        SetReconciliation(spec, reconciliation);
        var metadata = new JsonObject { ["name"] = request.Ref.Name, ["namespace"] = request.Ref.Namespace };
        SetDowngradable(metadata, options);
        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = CarvelKinds.PackageInstallKind, ["metadata"] = metadata, ["spec"] = spec };
    }

    /// <summary>Applies a change to the present object, values excepted. An empty version, and options that are left out, stay as they are.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static void Update(JsonObject install, UpdateInstalledPackage request, CarvelOptions options)
    {
        install.Remove("status");
        var metadata = install["metadata"] as JsonObject ?? [];
        metadata.Remove("managedFields");
        if (install["spec"] is not JsonObject spec)
        {
            install["spec"] = spec = [];
        }

        if (request.VersionReference.Length > 0)
        {
            if (spec["packageRef"] is not JsonObject packageRef)
            {
                spec["packageRef"] = packageRef = [];
            }

            packageRef["versionSelection"] = VersionSelection.Require(request.VersionReference, options).ToManifest();
            SetDowngradable(metadata, options);
        }

        if (request.Reconciliation is { } reconciliation)
        {
            SetReconciliation(spec, reconciliation);
        }
    }

    /// <summary>Makes the install take its values from one Secret, or from none.</summary>
    public static void SetValues(JsonObject install, string? secret)
    {
        var spec = install["spec"]!.AsObject();
        spec.Remove("values");
        if (secret is not null)
        {
            spec["values"] = new JsonArray(new JsonObject { ["secretRef"] = new JsonObject { ["name"] = secret } });
        }
    }

    private static void SetReconciliation(JsonObject spec, ReconciliationOptions wanted)
    {
        spec.Remove("syncPeriod");
        if (wanted.Interval.Length > 0)
        {
            spec["syncPeriod"] = SyncPeriod.Require("reconciliation_options.interval", wanted.Interval);
        }

        if (wanted.ServiceAccountName.Length > 0)
        {
            ObjectNames.RequireObject(ServiceAccountField, wanted.ServiceAccountName);
            spec["serviceAccountName"] = wanted.ServiceAccountName;
        }

        spec.Remove("paused");
        if (wanted.Suspend)
        {
            spec["paused"] = true;
        }
    }

    private static void SetDowngradable(JsonObject metadata, CarvelOptions options)
    {
        if (!options.AllowDowngrades)
        {
            return;
        }

        if (metadata["annotations"] is not JsonObject annotations)
        {
            metadata["annotations"] = annotations = [];
        }

        annotations[DowngradableAnnotation] = "";
    }
}
