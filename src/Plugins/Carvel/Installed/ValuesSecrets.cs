using System.Text;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;
using Wego.Plugins.Secrets;

namespace Wego.Plugins.Carvel;

/// <summary>Reads, makes, changes and removes the Secrets that hold the values of one installed package, with the caller's rights. Those that users keep are only read.</summary>
internal sealed partial class ValuesSecrets(InstalledPackageRef package, PluginCall call, ILogger logger)
{
    private readonly ManagedSecrets _secrets = new(CarvelSecrets.OfInstalls, call, logger);
    private KubernetesObject? _replaced;

    /// <summary>What all Secrets of the install hold; one that is gone is passed over.</summary>
    public async Task<string> ReadAsync(KubernetesObject install, CancellationToken cancellationToken)
    {
        var values = new StringBuilder();
        foreach (var (name, key) in ValuesSecret.ReferencesOf(install))
        {
            if (await FindAsync(name, cancellationToken) is { } secret)
            {
                ValuesSecret.Append(values, secret, key);
            }
        }

        const string End = "---";
        return values.Length == 0 ? "" : values.ToString(0, values.Length - End.Length);
    }

    /// <summary>Makes the Secret.</summary>
    /// <returns>Its name; null where there are no values.</returns>
    public async Task<string?> CreateAsync(string values, KubernetesObject? owner, CancellationToken cancellationToken)
    {
        var content = ValuesSecret.ContentOf(values);
        var name = ValuesSecret.NameOf(package.Name, package.Namespace);
        try
        {
            return await _secrets.CreateAsync(content, package.Namespace, SecretName.Exact(name), owner, cancellationToken);
        }
        catch (KubernetesException e) when (e.Failure == KubernetesFailure.AlreadyExists)
        {
            // Somebody else's, or left behind: it stays as it is, and this one gets a name of its own.
            return await _secrets.CreateAsync(content, package.Namespace, SecretName.Generated($"{name}-"), owner, cancellationToken);
        }
    }

    /// <summary>Makes the install the owner of what was made.</summary>
    public Task AdoptAsync(KubernetesObject install, CancellationToken cancellationToken) => _secrets.AdoptAsync(install, cancellationToken);

    /// <summary>Puts the values into the Secret that Wego keeps for the install, or into a new one.</summary>
    /// <returns>Its name.</returns>
    public async Task<string?> SetAsync(KubernetesObject install, string values, CancellationToken cancellationToken)
    {
        if (await FindManagedAsync(install, cancellationToken) is not { } present)
        {
            return await CreateAsync(values, install, cancellationToken);
        }

        var manifest = present.ToJsonObject();
        manifest["data"] = ValuesSecret.DataOf(values);
        await call.Client.ReplaceAsync(call.Identity, RepositorySecret.Resource, package.Namespace, present.Name, manifest, new WriteOptions(), cancellationToken);
        _replaced = present;
        return present.Name;
    }

    /// <summary>The Secret that Wego keeps for the install, or null.</summary>
    public async Task<KubernetesObject?> FindManagedAsync(KubernetesObject install, CancellationToken cancellationToken)
    {
        foreach (var (name, _) in ValuesSecret.ReferencesOf(install))
        {
            if (await FindAsync(name, cancellationToken) is { } secret && CarvelSecrets.OfInstalls.Covers(secret, install))
            {
                return secret;
            }
        }

        return null;
    }

    /// <summary>Removes a Secret that Wego keeps for the install and nothing refers to any more. Does not throw.</summary>
    public Task RemoveAsync(KubernetesObject install, KubernetesObject secret) => _secrets.RemoveAsync(install, [new RepositorySecret(secret)]);

    /// <summary>Undoes what was made or changed. Goes on after the caller has given up, and does not throw.</summary>
    public async Task RollBackAsync()
    {
        await _secrets.RollBackAsync();
        if (_replaced is not { } before)
        {
            return;
        }

        var manifest = before.ToJsonObject();
        manifest["metadata"]!.AsObject().Remove("resourceVersion");
        try
        {
            await call.Client.ReplaceAsync(call.Identity, RepositorySecret.Resource, package.Namespace, before.Name, manifest, new WriteOptions(), CancellationToken.None);
        }
        catch (KubernetesException e)
        {
            NotSetBack(logger, package.Namespace, before.Name, e);
        }
    }

    private Task<KubernetesObject?> FindAsync(string name, CancellationToken cancellationToken) =>
        call.Client.FindAsync(call.Identity, RepositorySecret.Resource, package.Namespace, name, cancellationToken);

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The Secret {Namespace}/{Name} holds new values though the package could not be changed, and could not be set back; look after it by hand.")]
    private static partial void NotSetBack(ILogger logger, string @namespace, string name, Exception exception);
}
