using System.Collections.Immutable;

namespace Wego.Plugins.Charts;

/// <summary>Tells repositories by what is in them.</summary>
internal sealed class OciContentFilter(OciRegistryClient client, ImmutableArray<string> contentTypes)
{
    private const string DockerImageConfig = "application/vnd.docker.container.image.v1+json";
    private const string OciImageConfig = "application/vnd.oci.image.config.v1+json";

    /// <summary>Whether a repository has content of one of the types: its first tag decides.</summary>
    public async Task<bool> HasAsync(string path, CancellationToken cancellationToken)
    {
        if (contentTypes.IsEmpty)
        {
            return true;
        }

        try
        {
            await foreach (var tag in client.ListTagsAsync(path, cancellationToken))
            {
                var types = await client.GetContentTypesAsync(path, tag, cancellationToken);
                return types.Any(t => contentTypes.Any(c => Matches(c, t)));
            }
        }
        catch (ChartException e) when (e.IsDenied)
        {
            // What cannot be looked at is not offered.
        }

        return false;
    }

    private static bool Matches(string wanted, string type) => wanted switch
    {
        "helm" => type == OciMediaTypes.HelmConfig,
        "image" => type is OciImageConfig or DockerImageConfig,
        _ => type == wanted,
    };
}
