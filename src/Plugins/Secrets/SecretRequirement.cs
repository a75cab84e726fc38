using System.Collections.Immutable;
using Wego.Kubernetes;

namespace Wego.Plugins.Secrets;

/// <summary>A Secret of a user that a request refers to.</summary>
/// <param name="Field">The field of the request.</param>
/// <param name="Name">The Secret.</param>
/// <param name="Keys">The sets of keys of which the Secret must have one.</param>
public sealed record SecretRequirement(string Field, string Name, ImmutableArray<ImmutableArray<string>> Keys)
{
    /// <summary>The type that the Secret must have, or null for any.</summary>
    public string? Type { get; init; }

    /// <summary>Looks at a Secret that has the keys: null where it is good, else what is wrong, to be read after the Secret's name.</summary>
    public Func<RepositorySecret, string?>? Accepts { get; init; }

    /// <summary>Reads the Secret with the caller's rights and checks it.</summary>
    /// <exception cref="PackageException">It lacks something (<see cref="PackageErrorCode.InvalidArgument"/>), or cannot be read.</exception>
    public async Task<RepositorySecret> CheckAsync(string ns, PluginCall call, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await RepositorySecret.LoadAsync(ns, Name, call, cancellationToken);
            Check(secret);
            return secret;
        }
        catch (KubernetesException e)
        {
            throw KubernetesErrors.Translate(e, $"read the Secret that {Field} names");
        }
    }

    /// <summary>Checks the Secret.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming field, Secret and keys.</exception>
    public void Check(RepositorySecret secret)
    {
        if (Type is not null && secret.Type != Type)
        {
            throw PackageException.InvalidField(Field, $"the Secret {Name} has the type {secret.Type}; it needs to be of type {Type}.");
        }

        if (!Keys.Any(set => set.All(key => secret.Find(key) is not null)))
        {
            throw PackageException.InvalidField(
                Field,
                $"the Secret {Name} needs the keys {string.Join(", or ", Keys.Select(set => string.Join(" and ", set)))}.");
        }

        if (Accepts?.Invoke(secret) is { } problem)
        {
            throw PackageException.InvalidField(Field, $"the Secret {Name} {problem}");
        }
    }
}
