using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>Where the catalogue of one repository comes from. Used from the turns of the repository's grain.</summary>
internal interface ICatalogueSource : IDisposable
{
    /// <summary>How current the catalogue is.</summary>
    CatalogueState State { get; }

    /// <summary>Changes with every new catalogue.</summary>
    string Revision { get; }

    /// <summary>Takes the repository's object as it is now; null where it is gone.</summary>
    void Set(KubernetesObject? obj);

    /// <summary>What stands for the object of a repository that has packages and no object; null where there is no such repository.</summary>
    Task<KubernetesObject?> FindImpliedAsync(CancellationToken cancellationToken);

    /// <summary>The catalogue; waits for the first one.</summary>
    /// <exception cref="PackageException">There is none yet and it could not be loaded.</exception>
    Task<Catalogue> GetAsync(CancellationToken cancellationToken);

    /// <summary>Makes it current now.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
