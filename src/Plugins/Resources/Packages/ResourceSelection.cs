using System.Collections.Immutable;
using Pb = Kubeappsapis.Core.Packages.V1Alpha1;

namespace Wego.Plugins.Resources;

/// <summary>Which objects of a package a request means.</summary>
internal static class ResourceSelection
{
    /// <summary>The requested objects in the order asked for, or all where none is named.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/>: an object does not belong to the package.</exception>
    public static ImmutableArray<ResourceRef> Select(IReadOnlyList<Pb.ResourceRef> requested, ImmutableArray<ResourceRef> ofPackage)
    {
        if (requested.Count == 0)
        {
            return ofPackage;
        }

        var known = ofPackage.ToHashSet();
        var selected = ImmutableArray.CreateBuilder<ResourceRef>(requested.Count);
        for (var i = 0; i < requested.Count; i++)
        {
            var resource = new ResourceRef(requested[i].ApiVersion, requested[i].Kind, requested[i].Name, requested[i].Namespace);
            selected.Add(known.Contains(resource)
                ? resource
                : throw PackageException.InvalidField(
                    $"resource_refs[{i}]",
                    $"{resource.ApiVersion} {resource.Kind} {resource.Namespace}/{resource.Name} does not belong to the installed package; take references from GetInstalledPackageResourceRefs."));
        }

        return selected.MoveToImmutable();
    }
}
