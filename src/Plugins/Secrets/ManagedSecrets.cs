using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;

namespace Wego.Plugins.Secrets;

/// <summary>
/// Makes and removes the Secrets that Wego keeps for the repositories of one format, with the caller's rights. For one operation:
/// <see cref="RollBackAsync"/> undoes what this instance made.
/// </summary>
/// <param name="ownership">How the format marks its Secrets.</param>
/// <param name="call">The cluster, and as whom.</param>
/// <param name="logger">Where clean-ups that failed are told.</param>
public sealed partial class ManagedSecrets(SecretOwnership ownership, PluginCall call, ILogger logger)
{
    private readonly List<KubernetesObject> _created = [];

    /// <summary>Makes a Secret, where there is something to keep.</summary>
    /// <param name="content">What it holds; null makes none.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="owner">The repository's object where it exists already, to become its owner.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its name; null where none was made.</returns>
    public async Task<string?> CreateAsync(SecretContent? content, string ns, SecretName name, KubernetesObject? owner, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return null;
        }

        var manifest = content.ToManifest(ns, name, ownership);
        if (owner is not null)
        {
            manifest["metadata"]!["ownerReferences"] = ownership.OwnerReferences(owner);
        }

        var secret = await call.Client.CreateAsync(call.Identity, RepositorySecret.Resource, ns, manifest, new WriteOptions(), cancellationToken);
        _created.Add(secret);
        return secret.Name;
    }

    /// <summary>Makes the repository the owner of what was made.</summary>
    public async Task AdoptAsync(KubernetesObject owner, CancellationToken cancellationToken)
    {
        foreach (var secret in _created)
        {
            var patch = new JsonObject { ["metadata"] = new JsonObject { ["ownerReferences"] = ownership.OwnerReferences(owner) } };
            await call.Client.PatchAsync(
                call.Identity, RepositorySecret.Resource, secret.Namespace, secret.Name, PatchType.Merge, patch, new PatchOptions(), cancellationToken);
        }
    }

    /// <summary>Removes what was made. Goes on after the caller has given up, and does not throw.</summary>
    public async Task RollBackAsync()
    {
        foreach (var secret in _created)
        {
            await TryDeleteAsync(secret.Namespace, secret.Name, secret.Uid);
        }
    }

    /// <summary>Removes those that Wego made for the repository and that it no longer refers to. Does not throw: the repository is as it was asked to be.</summary>
    public async Task RemoveAsync(KubernetesObject repository, IEnumerable<RepositorySecret> secrets)
    {
        foreach (var secret in secrets.Where(s => s.IsManagedFor(repository, ownership)))
        {
            await TryDeleteAsync(repository.Namespace, secret.Name, secret.Uid);
        }
    }

    private async Task TryDeleteAsync(string ns, string name, string uid)
    {
        try
        {
            await call.Client.DeleteAsync(call.Identity, RepositorySecret.Resource, ns, name, new DeleteOptions(PreconditionUid: uid), CancellationToken.None);
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.NotFound)
        {
            // Somebody was faster.
        }
        catch (KubernetesException e)
        {
            LeftBehind(logger, ns, name, e);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The Secret {Namespace}/{Name} is no longer used but could not be deleted; delete it by hand.")]
    private static partial void LeftBehind(ILogger logger, string @namespace, string name, Exception exception);
}
