using System.Collections.Immutable;
using Wego.Kubernetes;

namespace Wego.Plugins.Carvel;

/// <summary>
/// Finds the objects of an installed package by what kapp has recorded. Kinds that the caller may not list are left out; where it is
/// Wego itself that may not, all are to be read with the caller's rights.
/// </summary>
internal static class AppResources
{
    private const int PageSize = 500;
    private const int Concurrency = 8;

    /// <exception cref="PackageException"><see cref="PackageErrorCode.NotFound"/> while kapp has deployed nothing.</exception>
    /// <exception cref="KubernetesException">Among others <see cref="KubernetesFailure.Forbidden"/>: Wego's own identity may not list one of the kinds.</exception>
    public static async Task<ImmutableArray<ResourceRef>> ReadAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken)
    {
        var record = await FindRecordAsync(package, call, cancellationToken)
            ?? throw new PackageException(PackageErrorCode.NotFound, $"Nothing of package {package.Namespace}/{package.Name} is deployed yet: there is no record of its app.");
        var parts = await FindPartsAsync(record, package.Namespace, call, cancellationToken);
        var found = new ImmutableArray<ResourceRef>[parts.Count];
        await Parallel.ForAsync(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (i, token) =>
            found[i] = await ListAsync(parts[i].Kind, parts[i].Namespace, record.LabelSelector, call, token));
        ImmutableArray<ResourceRef> all =
        [
            .. found.SelectMany(f => f)
                .OrderBy(r => r.ApiVersion, StringComparer.Ordinal)
                .ThenBy(r => r.Kind, StringComparer.Ordinal)
                .ThenBy(r => r.Namespace, StringComparer.Ordinal)
                .ThenBy(r => r.Name, StringComparer.Ordinal),
        ];
        return all.IsEmpty
            ? throw new PackageException(PackageErrorCode.NotFound, $"No object of package {package.Namespace}/{package.Name} is there that you may list.")
            : all;
    }

    private static async Task<AppRecord?> FindRecordAsync(InstalledPackageRef package, PluginCall call, CancellationToken cancellationToken)
    {
        foreach (var name in AppRecord.NamesOf(package.Name))
        {
            // Else it is recorded under another name, or not yet.
            if (await call.Client.FindAsync(call.Identity, CarvelKinds.ConfigMaps, package.Namespace, name, cancellationToken) is { } record)
            {
                return AppRecord.Read(record);
            }
        }

        return null;
    }

    private static async Task<List<(ApiResource Kind, string? Namespace)>> FindPartsAsync(AppRecord record, string ns, PluginCall call, CancellationToken cancellationToken)
    {
        var namespaces = record.Namespaces.IsEmpty ? [ns] : record.Namespaces;
        var parts = new List<(ApiResource, string?)>();
        foreach (var (group, kind) in record.Kinds)
        {
            if (await call.Client.Discovery.For(call.Identity).FindGroupKindAsync(group, kind, cancellationToken) is { } resource)
            {
                parts.AddRange(resource.Namespaced ? namespaces.Select(n => (resource, (string?)n)) : [(resource, null)]);
            }
        }

        return parts;
    }

    private static async Task<ImmutableArray<ResourceRef>> ListAsync(ApiResource kind, string? ns, string selector, PluginCall call, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<ResourceRef>();
        var options = new ListOptions(PageSize, LabelSelector: selector, MetadataOnly: true);
        try
        {
            do
            {
                var page = await call.Client.ListAsync(call.Identity, kind.Resource, ns, options, cancellationToken);
                found.AddRange(page.Items.Select(i => new ResourceRef(kind.Resource.ApiVersion, kind.Kind, i.Name, i.Namespace)));
                options = options with { Continue = page.Continue };
            }
            while (options.Continue is not null);
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.NotFound || (e.Failure is KubernetesFailure.Forbidden && call.Identity is not KubernetesIdentity.ServiceIdentity))
        {
            // The rest of the package is shown; what the caller may not see, or is served no longer, is not.
        }

        return found.DrainToImmutable();
    }
}
