using Wego.Kubernetes;
using Wego.Plugins.Charts;

namespace Wego.Plugins.Flux;

/// <summary>Reads Helm releases out of the Secrets that Helm keeps them in, with the caller's rights.</summary>
internal static class HelmReleaseStore
{
    private static readonly StoredReleaseReader s_reader = new();

    /// <summary>The newest revision.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.NotFound"/> while nothing is installed.</exception>
    public static async Task<StoredRelease> ReadAsync(HelmReleaseLocation location, PluginCall call, CancellationToken cancellationToken)
    {
        if (location.Revision == 0)
        {
            throw new PackageException(PackageErrorCode.NotFound, $"The Helm release {location.Name} is not installed yet.");
        }

        return s_reader.Read(
            await call.Client.GetAsync(call.Identity, FluxKinds.Secrets, location.StorageNamespace, location.SecretName, cancellationToken));
    }

    /// <summary>The newest revision; null where there is none, or the caller may not read it, or it cannot be read.</summary>
    public static async Task<StoredRelease?> TryReadAsync(HelmReleaseLocation location, PluginCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(location, call, cancellationToken);
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.Forbidden or KubernetesFailure.NotFound)
        {
            return null;
        }
        catch (PackageException)
        {
            return null;
        }
    }
}
