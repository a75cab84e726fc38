namespace Wego.Plugins.Charts;

/// <summary>How to reach a repository and what to show it. Its text form contains no secret.</summary>
public sealed record ChartConnection
{
    /// <summary>Without credentials, straight, with the system's authorities.</summary>
    public static ChartConnection Anonymous { get; } = new();

    /// <summary>What to show to the repository's own host, or null.</summary>
    public ChartCredentials? Credentials { get; init; }

    /// <summary>Where to find credentials for registries, or null; <see cref="Credentials"/> goes before it.</summary>
    public DockerConfig? DockerConfig { get; init; }

    /// <summary>Whether other hosts to which the repository points see the credentials too.</summary>
    public bool PassCredentials { get; init; }

    /// <summary>How to agree on TLS.</summary>
    public ChartTls Tls { get; init; } = ChartTls.Default;

    /// <summary>The proxies, or null for none.</summary>
    public ChartProxy? Proxy { get; init; }

    /// <summary>Whether an OCI registry is spoken to over HTTP without TLS.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>How long one exchange may take, its content included; null means the default of the options.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "[connection]";
}
