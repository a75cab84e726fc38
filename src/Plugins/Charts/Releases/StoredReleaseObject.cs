using System.Globalization;
using Wego.Kubernetes;

namespace Wego.Plugins.Charts;

/// <summary>
/// The Secret or ConfigMap in which Helm keeps one revision of a release, as far as it can be told without decoding it: Helm
/// repeats name, revision and status in labels.
/// </summary>
/// <param name="Namespace">The namespace of the release.</param>
/// <param name="Name">The release's name.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Status">Helm's word for the state, or empty.</param>
public sealed record StoredReleaseObject(string Namespace, string Name, long Revision, string Status)
{
    /// <summary>The type of the Secrets.</summary>
    public const string SecretType = "helm.sh/release.v1";

    /// <summary>The labels that every such object has.</summary>
    public const string OwnerSelector = "owner=helm";

    private const string NamePrefix = "sh.helm.release.v1.";

    /// <summary>The labels of every revision of one release.</summary>
    public static string SelectorOf(string release) => $"{OwnerSelector},name={release}";

    /// <summary>The name of the object of one revision.</summary>
    public static string ObjectNameOf(string release, long revision) => $"{NamePrefix}{release}.v{revision}";

    /// <summary>Reads the labels, and where one is missing the object's name; null where the object is no release.</summary>
    public static StoredReleaseObject? Read(KubernetesObject obj)
    {
        var isSecret = obj.Kind == "Secret";
        return (isSecret && obj.Text("type") != SecretType) || (!isSecret && obj.Kind != "ConfigMap") ? null : ReadLabels(obj);
    }

    /// <summary>The same where only the object's metadata is known.</summary>
    public static StoredReleaseObject? ReadLabels(KubernetesObject obj)
    {
        if (obj.Label("owner") != "helm")
        {
            return null;
        }

        var (name, revision) = Parse(obj.Name);
        if (obj.Label("name") is { Length: > 0 } labelled)
        {
            name = labelled;
        }

        if (long.TryParse(obj.Label("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var labelledRevision))
        {
            revision = labelledRevision;
        }

        return name.Length == 0 ? null : new StoredReleaseObject(obj.Namespace, name, revision, obj.Label("status") ?? "");
    }

    private static (string Name, long Revision) Parse(string objectName)
    {
        var end = objectName.LastIndexOf(".v", StringComparison.Ordinal);
        return objectName.StartsWith(NamePrefix, StringComparison.Ordinal)
            && end > NamePrefix.Length
            && long.TryParse(objectName.AsSpan(end + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? (objectName[NamePrefix.Length..end], revision)
            : ("", 0);
    }
}
