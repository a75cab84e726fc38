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
    private readonly List<KubernetesObject> _replaced = [];
    private readonly List<KubernetesObject> _deleted = [];

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

    /// <summary>
    /// Gives a Secret that Wego made for the repository other content, under the same name. In one write where the type stays;
    /// the type of a Secret cannot be changed, so else it is made anew.
    /// </summary>
    /// <exception cref="ArgumentException">The Secret is not Wego's.</exception>
    public async Task ReplaceAsync(RepositorySecret present, SecretContent content, KubernetesObject owner, CancellationToken cancellationToken)
    {
        if (!present.IsManagedFor(owner, ownership))
        {
            throw new ArgumentException("A Secret of a user is never changed.", nameof(present));
        }

        var ns = owner.Namespace;
        if (present.Type == content.Type)
        {
            var manifest = present.Object.ToJsonObject();
            manifest["data"] = content.Encode();
            await call.Client.ReplaceAsync(call.Identity, RepositorySecret.Resource, ns, present.Name, manifest, new WriteOptions(), cancellationToken);
            _replaced.Add(present.Object);
            return;
        }

        await call.Client.DeleteAsync(call.Identity, RepositorySecret.Resource, ns, present.Name, new DeleteOptions(PreconditionUid: present.Uid), cancellationToken);
        _deleted.Add(present.Object);
        await CreateAsync(content, ns, SecretName.Exact(present.Name), owner, cancellationToken);
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

    /// <summary>Removes what was made, and puts back what was there. Goes on after the caller has given up, and does not throw.</summary>
    public async Task RollBackAsync()
    {
        foreach (var secret in _created)
        {
            await TryDeleteAsync(secret.Namespace, secret.Name, secret.Uid);
        }

        foreach (var secret in _replaced)
        {
            await TryRestoreAsync(secret, manifest => call.Client.ReplaceAsync(
                call.Identity, RepositorySecret.Resource, secret.Namespace, secret.Name, manifest, new WriteOptions(), CancellationToken.None));
        }

        foreach (var secret in _deleted)
        {
            await TryRestoreAsync(secret, manifest => call.Client.CreateAsync(
                call.Identity, RepositorySecret.Resource, secret.Namespace, manifest, new WriteOptions(), CancellationToken.None));
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

    private async Task TryRestoreAsync(KubernetesObject secret, Func<JsonObject, Task> write)
    {
        var manifest = secret.ToJsonObject();
        var metadata = manifest["metadata"]!.AsObject();
        foreach (var field in (string[])["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"])
        {
            metadata.Remove(field);
        }

        try
        {
            await write(manifest);
        }
        catch (KubernetesException e)
        {
            Lost(logger, secret.Namespace, secret.Name, e);
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

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The Secret {Namespace}/{Name} could not be put back after a change that failed; give the repository its login anew.")]
    private static partial void Lost(ILogger logger, string @namespace, string name, Exception exception);
}
