using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Helm;

/// <summary>Writes requests into <c>AppRepository</c> objects.</summary>
internal static class AppRepositoryManifest
{
    /// <summary>The object for a new repository, without references to Secrets.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static JsonObject Create(AddRepository request, HelmPackageRepositoryCustomDetail? detail)
    {
        AppRepositoryUrl.Require(request.Url, request.Type);
        var spec = new JsonObject { ["type"] = request.Type, ["url"] = request.Url };
        SetText(spec, "description", request.Description);
        SetText(spec, "interval", Interval(request.Interval));
        SetFlags(spec, request.Auth, request.Tls);
        HelmCustomDetail.WriteTo(detail, SyncJobProxy.Of(detail?.ProxyOptions, SyncJobProxy.None), spec);
        return new JsonObject
        {
            ["apiVersion"] = AppRepositories.ApiVersion,
            ["kind"] = AppRepositories.Kind,
            ["metadata"] = new JsonObject { ["name"] = request.Ref.Name, ["namespace"] = request.Ref.Namespace },
            ["spec"] = spec,
        };
    }

    /// <summary>The present object with a change, references to Secrets excepted. What the request leaves out is cleared.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field.</exception>
    public static JsonObject Update(KubernetesObject present, UpdateRepository request, HelmPackageRepositoryCustomDetail? detail)
    {
        var manifest = present.ToJsonObject();
        manifest.Remove("status");
        (manifest["metadata"] as JsonObject)?.Remove("managedFields");
        if (manifest["spec"] is not JsonObject spec)
        {
            manifest["spec"] = spec = [];
        }

        // A read does not show a login that stands in an address; what comes back without it means the same address.
        var stored = present.Text("spec", "url");
        if (request.Url != ChartAddress.WithoutUser(stored) || stored.Length == 0)
        {
            AppRepositoryUrl.Require(request.Url, AppRepositories.TypeOf(present));
            spec["url"] = request.Url;
        }

        SetText(spec, "description", request.Description);
        SetText(spec, "interval", Interval(request.Interval));
        SetFlags(spec, request.Auth, request.Tls);
        HelmCustomDetail.WriteTo(detail, SyncJobProxy.Of(detail?.ProxyOptions, SyncJobProxy.Of(present)), spec);
        return manifest;
    }

    /// <summary>Sets or removes the references to Secrets.</summary>
    public static void SetSecrets(JsonObject repository, HelmCredentialsPlan credentials, ImmutableArray<string> pull)
    {
        var spec = repository["spec"]!.AsObject();
        spec.Remove("auth");
        if (credentials.Auth is not null || credentials.Ca is not null)
        {
            var auth = new JsonObject();
            SetReference(auth, "header", credentials.Auth);
            SetReference(auth, "customCA", credentials.Ca);
            spec["auth"] = auth;
        }

        spec.Remove("dockerRegistrySecrets");
        if (pull.Length > 0)
        {
            spec["dockerRegistrySecrets"] = new JsonArray([.. pull.Select(name => (JsonNode)name)]);
        }
    }

    /// <summary>Counts up what asks for a refresh at once.</summary>
    public static void RequestResync(JsonObject repository, KubernetesObject present) =>
        repository["spec"]!["resyncRequests"] = present.Spec.Number("resyncRequests") + 1;

    private static void SetReference(JsonObject auth, string field, SecretKeyRef? reference)
    {
        if (reference is not null)
        {
            auth[field] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = reference.Name, ["key"] = reference.Key } };
        }
    }

    private static string Interval(string interval) =>
        interval.Length == 0 || (GoDuration.TryParse(interval, out var value) && value > TimeSpan.Zero)
            ? interval
            : throw PackageException.InvalidField("interval", $"'{interval}' is no interval: it must be a duration greater than zero such as 30s, 10m or 1h30m.");

    private static void SetFlags(JsonObject spec, RepositoryAuth? auth, RepositoryTls? tls)
    {
        SetFlag(spec, "passCredentials", auth is { PassCredentials: true });
        SetFlag(spec, "tlsInsecureSkipVerify", tls is { InsecureSkipVerify: true });
    }

    private static void SetFlag(JsonObject spec, string field, bool value)
    {
        spec.Remove(field);
        if (value)
        {
            spec[field] = true;
        }
    }

    private static void SetText(JsonObject spec, string field, string value)
    {
        spec.Remove(field);
        if (value.Length > 0)
        {
            spec[field] = value;
        }
    }
}
