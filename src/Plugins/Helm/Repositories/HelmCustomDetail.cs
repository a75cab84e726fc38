using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Kubeappsapis.Plugins.Helm.Packages.V1Alpha1;
using Wego.Kubernetes;
using PbDockerCredentials = Kubeappsapis.Core.Packages.V1Alpha1.DockerCredentials;

namespace Wego.Plugins.Helm;

/// <summary>What only Helm repositories have, carried by <c>HelmPackageRepositoryCustomDetail</c>.</summary>
internal static class HelmCustomDetail
{
    private const string Field = "custom_detail";

    /// <summary>The detail of a request; null where it has none.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: another format's detail, or no message.</exception>
    public static HelmPackageRepositoryCustomDetail? Read(CustomDetail? detail)
    {
        if (detail is null || (detail.TypeUrl.Length == 0 && detail.Value.IsDefaultOrEmpty))
        {
            return null;
        }

        var expected = HelmPackageRepositoryCustomDetail.Descriptor.FullName;
        if (!detail.Is(expected))
        {
            throw PackageException.InvalidField(Field, $"a {expected} is expected, not '{detail.TypeUrl}'.");
        }

        try
        {
            return HelmPackageRepositoryCustomDetail.Parser.ParseFrom(detail.Value.IsDefault ? [] : detail.Value.AsSpan());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new PackageException(PackageErrorCode.InvalidArgument, $"{Field}: the value is no {expected}.", e);
        }
    }

    /// <summary>The detail of a repository; null where it has nothing to tell.</summary>
    public static CustomDetail? Write(KubernetesObject repository, AppRepositorySecrets secrets)
    {
        var detail = new HelmPackageRepositoryCustomDetail
        {
            ImagesPullSecret = ReadPullSecret(repository, secrets),
            ProxyOptions = SyncJobProxy.Of(repository).ToMessage(),
        };
        detail.OciRepositories.Add(repository.Spec.Child("ociRepositories").Items().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()));
        detail.FilterRule = ReadFilter(repository);
        SyncJobPod.Read(repository, detail);
        return detail.CalculateSize() == 0
            ? null
            : new CustomDetail($"type.googleapis.com/{HelmPackageRepositoryCustomDetail.Descriptor.FullName}", [.. detail.ToByteArray()]);
    }

    /// <summary>Puts the detail into the spec, Secrets excepted.</summary>
    /// <param name="detail">The request's; null clears the filter and the names of charts, and leaves the pod template.</param>
    /// <param name="proxy">The proxies of the request.</param>
    /// <param name="spec">The spec.</param>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: the filter is no program.</exception>
    public static void WriteTo(HelmPackageRepositoryCustomDetail? detail, SyncJobProxy proxy, JsonObject spec)
    {
        spec.Remove("filterRule");
        spec.Remove("ociRepositories");
        if (detail is null)
        {
            return;
        }

        if (detail.FilterRule is { Jq.Length: > 0 } filter)
        {
            ChartFilter.Require($"{Field}.filter_rule.jq", filter.Jq, filter.Variables);
            spec["filterRule"] = WriteFilter(filter);
        }

        if (detail.OciRepositories.Count > 0)
        {
            spec["ociRepositories"] = new JsonArray([.. detail.OciRepositories.Select(name => (JsonNode)name)]);
        }

        var template = spec["syncJobPodTemplate"] as JsonObject ?? [];
        proxy.WriteTo(template);
        SyncJobPod.Write(detail, template);
        if (template["spec"] is JsonObject { Count: 0 })
        {
            template.Remove("spec");
        }

        if (template.Count == 0)
        {
            spec.Remove("syncJobPodTemplate");
        }
        else if (template.Parent is null)
        {
            spec["syncJobPodTemplate"] = template;
        }
    }

    private static ImagesPullSecret? ReadPullSecret(KubernetesObject repository, AppRepositorySecrets secrets)
    {
        const string Hidden = RepositoryAuth.Redacted;
        return secrets.Refs.Pull.IsEmpty ? null
            : secrets.IsPullManagedFor(repository)
                ? new ImagesPullSecret { Credentials = new PbDockerCredentials { Server = Hidden, Username = Hidden, Password = Hidden, Email = Hidden } }
                : new ImagesPullSecret { SecretRef = secrets.Refs.Pull[0] };
    }

    private static RepositoryFilterRule? ReadFilter(KubernetesObject repository)
    {
        var rule = repository.Spec.Child("filterRule");
        if (rule.Text("jq") is not { Length: > 0 } jq)
        {
            return null;
        }

        var filter = new RepositoryFilterRule { Jq = jq };
        if (rule.Child("variables") is { ValueKind: JsonValueKind.Object } variables)
        {
            foreach (var variable in variables.EnumerateObject().Where(v => v.Value.ValueKind == JsonValueKind.String))
            {
                filter.Variables[variable.Name] = variable.Value.GetString();
            }
        }

        return filter;
    }

    private static JsonObject WriteFilter(RepositoryFilterRule filter)
    {
        var rule = new JsonObject { ["jq"] = filter.Jq };
        if (filter.Variables.Count > 0)
        {
            rule["variables"] = new JsonObject(filter.Variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value)));
        }

        return rule;
    }
}
