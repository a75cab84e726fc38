using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;

namespace Wego.Plugins.Flux;

/// <summary>Makes and removes the Secrets that Wego keeps for repositories, with the caller's rights.</summary>
internal sealed partial class ManagedSecrets(PluginCall call, ILogger logger)
{
    private readonly List<KubernetesObject> _created = [];

    /// <summary>Makes what the plan asks for.</summary>
    /// <returns>The names for <c>secretRef</c> and <c>certSecretRef</c>, the user's own included.</returns>
    public async Task<(string? Auth, string? Cert)> CreateAsync(
        CredentialsPlan plan, RepositoryRef repository, KubernetesObject? owner, CancellationToken cancellationToken) => (
            plan.AuthReference ?? await CreateAsync(plan.Auth, repository, owner, cancellationToken),
            plan.CertReference ?? await CreateAsync(plan.Cert, repository, owner, cancellationToken));

    /// <summary>Makes the repository the owner of what was made.</summary>
    public async Task AdoptAsync(KubernetesObject owner, CancellationToken cancellationToken)
    {
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["ownerReferences"] = SecretContent.OwnerReferences(owner) } };
        foreach (var secret in _created)
        {
            await call.Client.PatchAsync(
                call.Identity, FluxKinds.Secrets, secret.Namespace, secret.Name, PatchType.Merge, patch, new PatchOptions(), cancellationToken);
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

    /// <summary>Removes what no repository refers to any more. Does not throw: the repository is as it was asked to be.</summary>
    public async Task RemoveAsync(string ns, IEnumerable<RepositorySecret> secrets)
    {
        foreach (var secret in secrets)
        {
            await TryDeleteAsync(ns, secret.Name, secret.Uid);
        }
    }

    private async Task<string?> CreateAsync(SecretContent? content, RepositoryRef repository, KubernetesObject? owner, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return null;
        }

        var secret = await call.Client.CreateAsync(
            call.Identity, FluxKinds.Secrets, repository.Namespace, content.ToManifest(repository, owner), new WriteOptions(), cancellationToken);
        _created.Add(secret);
        return secret.Name;
    }

    private async Task TryDeleteAsync(string ns, string name, string uid)
    {
        try
        {
            await call.Client.DeleteAsync(call.Identity, FluxKinds.Secrets, ns, name, new DeleteOptions(PreconditionUid: uid), CancellationToken.None);
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
