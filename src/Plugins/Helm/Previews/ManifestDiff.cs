using System.Collections.Immutable;

namespace Wego.Plugins.Helm;

/// <summary>What differs between two manifests, object by object.</summary>
internal static class ManifestDiff
{
    /// <exception cref="PackageException"><see cref="PackageErrorCode.FailedPrecondition"/>: a manifest is not YAML.</exception>
    public static ImmutableArray<ResourceChange> Compare(string before, string after, string releaseNamespace)
    {
        var old = Index(before, releaseNamespace);
        var changes = ImmutableArray.CreateBuilder<ResourceChange>();
        foreach (var (key, now) in Index(after, releaseNamespace))
        {
            if (!old.Remove(key, out var then))
            {
                changes.Add(new ResourceChange(now.Resource, ResourceChangeType.Added, UnifiedDiff.Create("", now.Show())));
            }
            else if (UnifiedDiff.Create(then.Show(now, "(before)"), now.Show(then, "(after)")) is { Length: > 0 } diff)
            {
                changes.Add(new ResourceChange(now.Resource, ResourceChangeType.Changed, diff));
            }
        }

        changes.AddRange(old.Values.Select(o => new ResourceChange(o.Resource, ResourceChangeType.Removed, UnifiedDiff.Create(o.Show(), ""))));
        return changes.DrainToImmutable();
    }

    // Another version of a kind is the same object.
    private static Dictionary<(string Group, string Kind, string Namespace, string Name), PreviewObject> Index(string manifest, string releaseNamespace)
    {
        var index = new Dictionary<(string, string, string, string), PreviewObject>();
        foreach (var obj in PreviewObject.Of(manifest, releaseNamespace))
        {
            var slash = obj.Resource.ApiVersion.IndexOf('/', StringComparison.Ordinal);
            index[(slash < 0 ? "" : obj.Resource.ApiVersion[..slash], obj.Resource.Kind, obj.Resource.Namespace, obj.Resource.Name)] = obj;
        }

        return index;
    }
}
