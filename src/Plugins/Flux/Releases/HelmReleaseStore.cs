using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>Reads Helm releases out of the Secrets that Helm keeps them in, with the caller's rights.</summary>
internal static class HelmReleaseStore
{
    /// <summary>The newest revision.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.NotFound"/> while nothing is installed.</exception>
    public static async Task<HelmReleaseRecord> ReadAsync(HelmReleaseLocation location, PluginCall call, CancellationToken cancellationToken)
    {
        if (location.Revision == 0)
        {
            throw new PackageException(PackageErrorCode.NotFound, $"The Helm release {location.Name} is not installed yet.");
        }

        return HelmReleaseSecret.Decode(
            await call.Client.GetAsync(call.Identity, FluxKinds.Secrets, location.StorageNamespace, location.SecretName, cancellationToken));
    }

    /// <summary>The newest revision; null where there is none, or the caller may not read it, or it cannot be read.</summary>
    public static async Task<HelmReleaseRecord?> TryReadAsync(HelmReleaseLocation location, PluginCall call, CancellationToken cancellationToken)
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
