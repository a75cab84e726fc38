using System.Net;

namespace Wego.Silo;

/// <summary>What the command line says. Everything else is configuration (<c>appsettings.json</c>, environment, <c>--Wego:KEY=VALUE</c>).</summary>
internal sealed record SiloSettings
{
    /// <summary>The port that kubeapps-apis used, too.</summary>
    public const int DefaultPort = 50051;

    public bool Sandbox { get; init; }

    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    public string? Kubeconfig { get; init; }

    /// <summary>Settings that have an option of their own, by their keys.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> NamedSettings { get; init; } = [];

    public IReadOnlyList<string> PluginDirectories { get; init; } = [];

    public IReadOnlyList<string> ConfigurationArguments { get; init; } = [];
}
