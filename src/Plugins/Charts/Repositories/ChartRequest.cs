namespace Wego.Plugins.Charts;

/// <summary>A request to a repository or registry.</summary>
internal sealed record ChartRequest(Uri Url)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The authorization, or null.</summary>
    public string? Authorization { get; init; }

    /// <summary>Whose credentials <see cref="Authorization"/> is; null means those of <see cref="Url"/>.</summary>
    public Uri? CredentialsOwner { get; init; }

    /// <summary>Whether other hosts may see <see cref="Authorization"/>.</summary>
    public bool PassCredentials { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The message for a hop on the way.</summary>
    public HttpRequestMessage ToMessage(Uri hop)
    {
        var message = new HttpRequestMessage(Method, hop);
        message.Headers.TryAddWithoutValidation("User-Agent", "wego");
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (Authorization is not null && (PassCredentials || hop.MaySeeCredentialsOf(CredentialsOwner ?? Url)))
        {
            message.Headers.TryAddWithoutValidation("Authorization", Authorization);
        }

        return message;
    }
}
