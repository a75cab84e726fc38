using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Wego.Sandbox;

/// <summary>How a sandbox is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>The loopback port for cleartext HTTP/1.1; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>The loopback port for HTTPS, which kubectl needs because it sends no token in clear text; 0 picks a free one.</summary>
    public int SecurePort { get; init; }

    /// <summary>How many changes per resource are kept for watches and continued listings, at least 1.</summary>
    public int HistoryLimit { get; init; } = 10_000;

    /// <summary>How often an idle watch that asked for bookmarks gets one.</summary>
    public TimeSpan BookmarkInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Namespaces that exist from the start, besides those of every cluster.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = ["team-a"];

    /// <summary>Manifests (YAML or JSON, several documents each) created at the start, for example custom resource definitions.</summary>
    public IReadOnlyList<string> Manifests { get; init; } = [];

    /// <summary>Tokens besides those of <see cref="SandboxTokens"/>.</summary>
    public IReadOnlyList<SandboxToken> Tokens { get; init; } = [];

    /// <summary>The clock for timestamps, ages, timeouts and injected latency.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the sandbox logs to.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <exception cref="ArgumentException">A value is out of range; the message names it and the remedy.</exception>
    internal void Validate()
    {
        if (HistoryLimit < 1)
        {
            throw new ArgumentException($"{nameof(SandboxOptions)}.{nameof(HistoryLimit)} is {HistoryLimit}; it must be at least 1.");
        }

        if (BookmarkInterval <= TimeSpan.Zero)
        {
            throw new ArgumentException($"{nameof(SandboxOptions)}.{nameof(BookmarkInterval)} is {BookmarkInterval}; it must be more than zero.");
        }

        foreach (var (name, port) in new[] { (nameof(Port), Port), (nameof(SecurePort), SecurePort) })
        {
            if (port is < 0 or > 65535)
            {
                throw new ArgumentException($"{nameof(SandboxOptions)}.{name} is {port}; it must be 0 (any free port) to 65535.");
            }
        }
    }
}
