using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Wego.Sandbox.Serving;

namespace Wego.Sandbox.Authentication;

/// <summary>Knows who a bearer token belongs to and until when.</summary>
internal sealed class TokenAuthenticator(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Entry> _tokens = new(StringComparer.Ordinal);

    public void Add(string token, UserInfo user, DateTimeOffset? expires = null) => _tokens[token] = new Entry(user, expires);

    /// <summary>Makes a token expire now.</summary>
    public void Expire(string token)
    {
        if (_tokens.TryGetValue(token, out var entry))
        {
            _tokens[token] = entry with { Expires = clock.GetUtcNow() };
        }
    }

    /// <summary>The token's user, or null where it is unknown or expired.</summary>
    public UserInfo? Find(string token) =>
        _tokens.TryGetValue(token, out var entry) && !(entry.Expires <= clock.GetUtcNow()) ? entry.User : null;

    /// <summary>The user of an <c>Authorization</c> header; a request without one is anonymous.</summary>
    /// <exception cref="ApiException">401: the header holds no valid token.</exception>
    public UserInfo Authenticate(string? header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return UserInfo.Anonymous;
        }

        var parts = header.Split(' ', 2, StringSplitOptions.TrimEntries);
        return parts is [var scheme, var token] && scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && Find(token) is { } user
            ? user
            : throw ApiErrors.Unauthorized();
    }

    /// <summary>The <c>UserInfo</c> of <c>authentication.k8s.io</c>.</summary>
    public static JsonObject Describe(UserInfo user)
    {
        var described = new JsonObject { ["username"] = user.Name };
        if (user.Uid.Length > 0)
        {
            described["uid"] = user.Uid;
        }

        described["groups"] = new JsonArray([.. user.Groups.Select(g => (JsonNode)JsonValue.Create(g))]);
        if (user.Extra.Count > 0)
        {
            described["extra"] = new JsonObject(user.Extra.Select(e =>
                KeyValuePair.Create(e.Key, (JsonNode?)new JsonArray([.. e.Value.Select(v => (JsonNode)JsonValue.Create(v))]))));
        }

        return described;
    }

    private sealed record Entry(UserInfo User, DateTimeOffset? Expires)
    {
        /// <summary>Leaves nothing of a token in a log.</summary>
        public override string ToString() => User.Name;
    }
}
