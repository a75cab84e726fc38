using System.Collections.Concurrent;
using System.Text.Json;

namespace Wego.Plugins.Charts;

/// <summary>Answers the challenges of one registry and keeps the tokens until they expire.</summary>
internal sealed class OciTokenSource(ChartHttp http, ChartConnection connection, Uri registry)
{
    // A token is not used in its last seconds, when it may expire on the way.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, (string Authorization, DateTimeOffset Expires)> _known = new(StringComparer.Ordinal);

    /// <summary>The authorization to try first, or null.</summary>
    /// <param name="scope">The rights that are needed.</param>
    public string? Known(string scope)
    {
        if (_known.TryGetValue(scope, out var known) && known.Expires > http.Time.GetUtcNow())
        {
            return known.Authorization;
        }

        // A token or header that the user gave is meant for the registry itself, not for its token service.
        return connection.Credentials is { UserName: null } given ? given.Authorization : null;
    }

    /// <summary>The authorization that a challenge asks for; null where there is nothing (else) to show.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="scope">The rights that are needed.</param>
    /// <param name="path">The path of the repository, for which there may be credentials of their own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string?> AnswerAsync(OciChallenge challenge, string scope, string path, CancellationToken cancellationToken)
    {
        var credentials = connection.Credentials ?? connection.DockerConfig?.Find(registry.Authority, path);
        if (credentials is { UserName: null })
        {
            return null;
        }

        if (challenge.Scheme == "Basic")
        {
            if (credentials is not null)
            {
                _known[scope] = (credentials.Authorization, DateTimeOffset.MaxValue);
            }

            return credentials?.Authorization;
        }

        var (token, lifetime) = await FetchAsync(challenge, scope, credentials, cancellationToken);
        var authorization = $"Bearer {token}";
        _known[scope] = (authorization, http.Time.GetUtcNow() + lifetime - Margin);
        return authorization;
    }

    private async Task<(string Token, TimeSpan Lifetime)> FetchAsync(OciChallenge challenge, string scope, ChartCredentials? credentials, CancellationToken cancellationToken)
    {
        var realm = ChartUrl.Parse(challenge.Realm, "http", "https");
        if (realm.Scheme == "http" && registry.Scheme == "https")
        {
            throw new ChartException(ChartFailure.UnexpectedAnswer, $"The registry {ChartUrl.Display(registry)} wants tokens fetched without TLS, which is refused.");
        }

        var wanted = challenge.Scope.Length > 0 ? challenge.Scope : scope;
        var query = string.Join('&', new[] { realm.Query.TrimStart('?'), Pair("service", challenge.Service), Pair("scope", wanted) }.Where(p => p.Length > 0));
        var address = new UriBuilder(realm) { Query = query }.Uri;
        var content = await http.ExchangeAsync(
            connection,
            new ChartRequest(address) { Authorization = credentials?.Authorization },
            async (response, token) => response.Failure(address, http.Time) is { } failure
                ? throw failure
                : await response.ReadAsync(http.Options.OciMaxAnswerBytes, "The token", unpack: false, token),
            cancellationToken);
        using var document = OciJson.Parse(content, "the token");
        var text = document.RootElement.Text("token") is { Length: > 0 } first ? first : document.RootElement.Text("access_token");
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ChartException(ChartFailure.UnexpectedAnswer, $"The token service {ChartUrl.Display(realm)} sent no token.");
        }

        var lifetime = document.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var number)
            ? TimeSpan.FromSeconds(number)
            : DefaultLifetime;
        return (text, lifetime);
    }

    private static string Pair(string name, string value) => value.Length == 0 ? "" : $"{name}={Uri.EscapeDataString(value)}";
}
