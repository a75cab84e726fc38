namespace Wego.Plugins.Charts;

/// <summary>Which way a registry lists its repositories, beside <c>_catalog</c>, which many reserve for administrators or do not serve.</summary>
public enum OciProvider
{
    /// <summary>What the host's name says; else <c>_catalog</c>, else Harbor's API.</summary>
    Detect,

    /// <summary>The API of Docker Hub.</summary>
    DockerHub,

    /// <summary>The API of Harbor.</summary>
    Harbor,
}
