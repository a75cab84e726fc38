using System.Text.Json.Nodes;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>Writes requests into <c>HelmRepository</c> objects.</summary>
internal static class HelmRepositoryManifest
{
    private const string IntervalField = "interval";

    /// <summary>The object for a new repository, without references to Secrets.</summary>
    /// <exception cref="PackageException">A field is wrong, or Flux has no such thing.</exception>
    public static JsonObject Create(AddRepository request, FluxOptions options, GroupVersionResource resource)
    {
        ObjectNames.RequireObject("name", request.Ref.Name);
        ObjectNames.RequireNamespace("context.namespace", request.Ref.Namespace);
        if (!request.NamespaceScoped)
        {
            throw new PackageException(PackageErrorCode.Unimplemented, "namespace_scoped: Flux has no global repositories; set it to true.");
        }

        if (request.Type is not (HelmRepositoryReader.HelmType or HelmRepositoryReader.OciType))
        {
            throw new PackageException(PackageErrorCode.Unimplemented, $"type: Flux has no repositories of type '{request.Type}'; use helm or oci.");
        }

        RepositoryUrl.Require(request.Url, request.Type);
        var spec = new JsonObject
        {
            ["url"] = request.Url,
            ["interval"] = FluxInterval.Require(IntervalField, request.Interval, options.DefaultRepositoryInterval),
        };
        if (request.Type == HelmRepositoryReader.OciType)
        {
            spec["type"] = RequireOci(resource);
        }

        SetProvider(spec, request.Type, request.Auth, FluxProvider.Read(request.CustomDetail));
        SetPassCredentials(spec, request.Auth);
        var metadata = new JsonObject { ["name"] = request.Ref.Name, ["namespace"] = request.Ref.Namespace };
        SetDescription(metadata, request.Description);
        return new JsonObject { ["apiVersion"] = resource.ApiVersion, ["kind"] = FluxKinds.HelmRepositoryKind, ["metadata"] = metadata, ["spec"] = spec };
    }

    /// <summary>Applies a change to the present object, references to Secrets excepted. What the request leaves out is cleared, the provider excepted.</summary>
    /// <exception cref="PackageException">A field is wrong.</exception>
    public static void Update(JsonObject repository, string type, UpdateRepository request, FluxOptions options)
    {
        RepositoryUrl.Require(request.Url, type);
        repository.Remove("status");
        var metadata = repository["metadata"] as JsonObject ?? [];
        metadata.Remove("managedFields");
        if (repository["spec"] is not JsonObject spec)
        {
            repository["spec"] = spec = [];
        }

        spec["url"] = request.Url;
        spec["interval"] = FluxInterval.Require(IntervalField, request.Interval, options.DefaultRepositoryInterval);
        var present = spec["provider"]?.GetValue<string>() ?? FluxProvider.Generic;
        var wanted = FluxProvider.Read(request.CustomDetail);
        if (wanted is not null && present != FluxProvider.Generic && wanted != present)
        {
            throw PackageException.InvalidField("custom_detail.provider", $"the provider cannot be switched from {present} to {wanted}; add another repository instead.");
        }

        SetProvider(spec, type, request.Auth, wanted ?? (present == FluxProvider.Generic ? null : present));
        SetPassCredentials(spec, request.Auth);
        SetDescription(metadata, request.Description);
    }

    /// <summary>Sets or removes the references to Secrets.</summary>
    public static void SetSecrets(JsonObject repository, string? auth, string? cert)
    {
        SetReference("secretRef", auth);
        SetReference("certSecretRef", cert);

        void SetReference(string field, string? name)
        {
            var spec = repository["spec"]!.AsObject();
            spec.Remove(field);
            if (name is not null)
            {
                spec[field] = new JsonObject { ["name"] = name };
            }
        }
    }

    private static string RequireOci(GroupVersionResource resource) => resource.Version != "v1beta1"
        ? HelmRepositoryReader.OciType
        : throw new PackageException(PackageErrorCode.FailedPrecondition, "type: the installed version of Flux has no OCI repositories; update it.");

    private static void SetProvider(JsonObject spec, string type, RepositoryAuth? auth, string? provider)
    {
        if (provider is null)
        {
            return;
        }

        if (provider != FluxProvider.Generic)
        {
            if (auth is not null && auth.Type != RepositoryAuthType.Unspecified)
            {
                throw PackageException.InvalidField("auth", $"with the provider {provider} Flux logs in by its own identity; leave the auth out.");
            }

            if (type != HelmRepositoryReader.OciType)
            {
                throw PackageException.InvalidField("custom_detail.provider", $"Flux uses the provider {provider} for repositories of type oci only.");
            }
        }

        spec["provider"] = provider;
    }

    private static void SetPassCredentials(JsonObject spec, RepositoryAuth? auth)
    {
        spec.Remove("passCredentials");
        if (auth is { PassCredentials: true })
        {
            spec["passCredentials"] = true;
        }
    }

    private static void SetDescription(JsonObject metadata, string description)
    {
        var annotations = metadata["annotations"] as JsonObject;
        annotations?.Remove(HelmRepositoryReader.DescriptionAnnotation);
        if (description.Length > 0)
        {
            if (annotations is null)
            {
                metadata["annotations"] = annotations = [];
            }

            annotations[HelmRepositoryReader.DescriptionAnnotation] = description;
        }
    }
}
