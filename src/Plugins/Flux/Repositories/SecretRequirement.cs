using System.Collections.Immutable;

namespace Wego.Plugins.Flux;

/// <summary>A Secret of a user that a request refers to.</summary>
/// <param name="Field">The field of the request.</param>
/// <param name="Name">The Secret.</param>
/// <param name="Keys">The sets of keys of which the Secret must have one.</param>
internal sealed record SecretRequirement(string Field, string Name, ImmutableArray<ImmutableArray<string>> Keys)
{
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming field, Secret and keys.</exception>
    public void Check(RepositorySecret secret)
    {
        if (!Keys.Any(set => set.All(key => secret.Find(key) is not null)))
        {
            throw PackageException.InvalidField(
                Field,
                $"the Secret {Name} needs the keys {string.Join(", or ", Keys.Select(set => string.Join(" and ", set)))}.");
        }
    }
}
