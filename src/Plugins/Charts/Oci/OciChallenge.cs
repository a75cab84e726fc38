namespace Wego.Plugins.Charts;

/// <summary>What a registry asks for in <c>WWW-Authenticate</c> (<see href="https://distribution.github.io/distribution/spec/auth/token/">token authentication</see>).</summary>
/// <param name="Scheme"><c>Bearer</c> or <c>Basic</c>.</param>
/// <param name="Realm">Where to get a token.</param>
/// <param name="Service">For which service, or empty.</param>
/// <param name="Scope">With which rights, or empty.</param>
internal sealed record OciChallenge(string Scheme, string Realm, string Service, string Scope)
{
    /// <summary>The challenge of an answer, Bearer before Basic; null where there is none.</summary>
    public static OciChallenge? Of(HttpResponseMessage response)
    {
        var challenges = response.Headers.WwwAuthenticate;
        var chosen = challenges.FirstOrDefault(c => Is(c.Scheme, "Bearer")) ?? challenges.FirstOrDefault(c => Is(c.Scheme, "Basic"));
        if (chosen is null)
        {
            return null;
        }

        var parameters = Parameters(chosen.Parameter ?? "");
        return new OciChallenge(
            Is(chosen.Scheme, "Bearer") ? "Bearer" : "Basic",
            parameters.GetValueOrDefault("realm", ""),
            parameters.GetValueOrDefault("service", ""),
            parameters.GetValueOrDefault("scope", ""));
    }

    private static bool Is(string scheme, string expected) => scheme.Equals(expected, StringComparison.OrdinalIgnoreCase);

    // name="value" pairs; a value may hold commas (scope="repository:a:pull,push").
    private static Dictionary<string, string> Parameters(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rest = text.AsSpan();
        while (rest.IndexOf('=') is var equals and > 0)
        {
            var name = rest[..equals].Trim(" ,").ToString();
            rest = rest[(equals + 1)..].TrimStart();
            var quoted = rest.StartsWith("\"", StringComparison.Ordinal);
            rest = quoted ? rest[1..] : rest;
            var end = rest.IndexOf(quoted ? '"' : ',');
            var value = end < 0 ? rest : rest[..end];
            parameters[name] = value.Trim().ToString();
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return parameters;
    }
}
