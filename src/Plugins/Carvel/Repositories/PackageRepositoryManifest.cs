using System.Text.Json.Nodes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Carvel;

/// <summary>Writes requests into <c>PackageRepository</c> objects.</summary>
internal static class PackageRepositoryManifest
{
    private const string IntervalField = "interval";

    /// <summary>The object for a new repository, without a reference to a Secret.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static JsonObject Create(AddRepository request, CarvelOptions options, string apiVersion)
    {
        RequireNoTls(request.Tls);
        ObjectNames.RequireObject("name", request.Ref.Name);
        ObjectNames.RequireNamespace("context.namespace", request.Ref.Namespace);
        RequireScope(request, options.GlobalPackagingNamespace);
        FetchType.Require(request.Type);
        var spec = new JsonObject();
        SetInterval(spec, request.Interval);
        RepositoryAddress.Require(request.Url);
        var section = new JsonObject { [FetchType.AddressOf(request.Type)] = request.Url };
        FetchDetail.Apply(FetchDetail.Read(request.CustomDetail, request.Type), request.Type, section);
        spec["fetch"] = new JsonObject { [request.Type] = section };
        var metadata = new JsonObject { ["name"] = request.Ref.Name, ["namespace"] = request.Ref.Namespace };
        SetDescription(metadata, request.Description);
        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = CarvelKinds.PackageRepositoryKind, ["metadata"] = metadata, ["spec"] = spec };
    }

    /// <summary>Applies a change to the present object, the reference to a Secret excepted. What the request leaves out is cleared; what it cannot say stays.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static void Update(JsonObject repository, string type, UpdateRepository request)
    {
        RequireNoTls(request.Tls);
        RepositoryAddress.Require(request.Url);
        repository.Remove("status");
        var metadata = repository["metadata"] as JsonObject ?? [];
        metadata.Remove("managedFields");
        var spec = repository["spec"]!.AsObject();
        SetInterval(spec, request.Interval);
        var section = spec["fetch"]![type]!.AsObject();
        section[FetchType.AddressOf(type)] = request.Url;
        FetchDetail.Apply(FetchDetail.Read(request.CustomDetail, type), type, section);
        SetDescription(metadata, request.Description);
    }

    /// <summary>Makes the repository use that Secret, or none.</summary>
    public static void SetSecret(JsonObject repository, string type, string? secret)
    {
        var section = repository["spec"]!["fetch"]![type]!.AsObject();
        section.Remove("secretRef");
        if (secret is not null)
        {
            section["secretRef"] = new JsonObject { ["name"] = secret };
        }
    }

    private static void RequireNoTls(RepositoryTls? tls)
    {
        if (tls is not null)
        {
            throw PackageException.InvalidField("tls_config", "kapp-controller has no TLS settings for a single repository; leave them out, and give it certificate authorities in its own configuration.");
        }
    }

    private static void RequireScope(AddRepository request, string globalNamespace)
    {
        var isGlobal = request.Ref.Namespace == globalNamespace;
        if (request.NamespaceScoped == isGlobal)
        {
            throw PackageException.InvalidField("namespace_scoped", isGlobal
                ? $"every namespace uses the repositories of {globalNamespace}; set it to false, or choose another namespace."
                : $"only repositories in {globalNamespace} are for every namespace; set it to true, or add the repository there.");
        }
    }

    private static void SetInterval(JsonObject spec, string interval)
    {
        spec.Remove("syncPeriod");
        if (interval.Length > 0)
        {
            spec["syncPeriod"] = SyncPeriod.Require(IntervalField, interval);
        }
    }

    private static void SetDescription(JsonObject metadata, string description)
    {
        var annotations = metadata["annotations"] as JsonObject;
        annotations?.Remove(PackageRepositoryReader.DescriptionAnnotation);
        if (description.Length > 0)
        {
            if (annotations is null)
            {
                metadata["annotations"] = annotations = [];
            }

            annotations[PackageRepositoryReader.DescriptionAnnotation] = description;
        }
    }
}
