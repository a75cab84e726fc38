namespace Wego.Plugins.Helm;

/// <summary>Which registry an image comes from, and which one a key of a docker configuration means.</summary>
internal static class ImageRegistry
{
    private const string DockerHub = "docker.io";
    private const string DockerHubIndex = "index.docker.io";

    /// <summary>The registry of an image: what stands before the first slash, if that can be a host, else Docker Hub.</summary>
    public static string OfImage(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : image[..slash];
        var isHost = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost" || first.Any(char.IsAsciiLetterUpper);
        return isHost ? Normalize(first) : DockerHub;
    }

    /// <summary>The registry of a key of <c>auths</c>: a host, or an address.</summary>
    public static string OfKey(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? key : key[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return Normalize(slash < 0 ? rest : rest[..slash]);
    }

    private static string Normalize(string host) => host == DockerHubIndex ? DockerHub : host;
}
