using System.Collections.Immutable;
using Wego.Kubernetes;

namespace Wego.Plugins;

/// <summary>
/// Catalogues that lie in the cluster as objects, where a controller puts what it has fetched: they are watched, not fetched. Pure
/// translation; a package belongs to the repository that its description names, and is offered where its objects are.
/// </summary>
public interface ICatalogueObjects
{
    /// <summary>The kinds whose objects make up catalogues.</summary>
    ImmutableArray<WatchedKind> Kinds { get; }

    /// <summary>The repository of packages that name none. Like every repository that packages name and that does not exist, it is implied: it has packages and no object.</summary>
    string UnnamedRepository { get; }

    /// <summary>Translates one object; null where it is none of a catalogue. Never throws for odd objects.</summary>
    CatalogueObject? Read(KubernetesObject obj);

    /// <summary>Makes an entry of a catalogue.</summary>
    /// <param name="package">The package's objects.</param>
    /// <param name="problem">What is wrong with them, in words for who looks after the repository, or null.</param>
    /// <returns>Null where nothing can be offered.</returns>
    CataloguePackage? Build(PackageObjects package, out string? problem);
}
