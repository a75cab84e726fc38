using System.Text;
using System.Text.Json;

namespace Wego.Plugins.Charts;

/// <summary>
/// Finds credentials in a Docker configuration, as secrets of type <c>kubernetes.io/dockerconfigjson</c> hold it
/// (<see href="https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/">.dockerconfigjson</see>). Its text
/// form never contains a secret.
/// </summary>
public sealed class DockerConfig
{
    private readonly List<(string Registry, string Path, ChartCredentials Credentials)> _entries;

    private DockerConfig(List<(string Registry, string Path, ChartCredentials Credentials)> entries) => _entries = entries;

    /// <summary>The only credentials there are, whatever registry they are for; null where there are none or several.</summary>
    public ChartCredentials? Only => _entries is [var (_, _, credentials)] ? credentials : null;

    /// <summary>Reads a configuration: <c>{"auths": {registry: {"auth"} or {"username", "password"}}}</c>.</summary>
    /// <exception cref="ChartException">It is no such JSON.</exception>
    public static DockerConfig Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("auths", out var auths)
                || auths.ValueKind != JsonValueKind.Object)
            {
                throw new ChartException(ChartFailure.InvalidCredentials, "The Docker configuration has no \"auths\" object.");
            }

            var entries = new List<(string, string, ChartCredentials)>();
            foreach (var auth in auths.EnumerateObject())
            {
                if (Read(auth.Value) is { } credentials)
                {
                    var (registry, path) = Split(auth.Name);
                    entries.Add((registry, path, credentials));
                }
            }

            return new DockerConfig(entries);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            // The inner exception is left out: it may quote what it could not read.
            throw new ChartException(ChartFailure.InvalidCredentials, "The Docker configuration is no valid JSON, or an \"auth\" in it is no base64 of user:password.");
        }
    }

    /// <summary>The credentials for a registry; of several entries that match, the one with the longest path counts.</summary>
    /// <param name="registry">Host, with port where it is not the usual one.</param>
    /// <param name="path">The path of the repository in the registry, or empty.</param>
    public ChartCredentials? Find(string registry, string path = "")
    {
        var wanted = Alias(registry);
        return _entries
            .Where(e => string.Equals(e.Registry, wanted, StringComparison.OrdinalIgnoreCase) && Covers(e.Path, path))
            .OrderByDescending(e => e.Path.Length)
            .Select(e => e.Credentials)
            .FirstOrDefault();
    }

    /// <inheritdoc/>
    public override string ToString() => $"[Docker configuration for {_entries.Count} registries]";

    private static bool Covers(string prefix, string path) =>
        prefix.Length == 0 || path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal);

    private static ChartCredentials? Read(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (Text(entry, "auth") is { Length: > 0 } auth)
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(auth));
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            return colon >= 0 ? ChartCredentials.Basic(pair[..colon], pair[(colon + 1)..]) : throw new FormatException();
        }

        return Text(entry, "username") is { Length: > 0 } user ? ChartCredentials.Basic(user, Text(entry, "password") ?? "") : null;
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Keys are written as host, host/path or as a URL, the latter with an API version that is no part of a repository's path.
    private static (string Registry, string Path) Split(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var rest = (scheme >= 0 ? key[(scheme + 3)..] : key).TrimEnd('/');
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
        return (Alias(host), path is "v1" or "v2" ? "" : path);
    }

    private static string Alias(string host) => host is "docker.io" or "registry-1.docker.io" or "registry.hub.docker.com" ? "index.docker.io" : host;
}
