using System.Collections.Immutable;

namespace Wego.Kubernetes;

/// <summary>A credential plugin, after <c>client.authentication.k8s.io</c>. Its text form names the command only: arguments may hold secrets.</summary>
/// <param name="ApiVersion"><c>client.authentication.k8s.io/v1</c> or <c>/v1beta1</c>.</param>
/// <param name="Command">The program: a path, or a name looked up in <c>PATH</c>.</param>
public sealed record ExecConfiguration(string ApiVersion, string Command)
{
    /// <summary>The version with a stable contract.</summary>
    public const string V1 = "client.authentication.k8s.io/v1";

    /// <summary>The version before it.</summary>
    public const string V1Beta1 = "client.authentication.k8s.io/v1beta1";

    /// <summary>The arguments.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Variables added to the environment.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether the plugin is told which cluster it is for.</summary>
    public bool ProvideClusterInfo { get; init; }

    /// <summary>The cluster entry's <c>extensions[client.authentication.k8s.io/exec]</c> as JSON, handed on with the cluster; or null.</summary>
    public string? ClusterExtensionJson { get; init; }

    /// <summary>What to tell a user who lacks the program; or null.</summary>
    public string? InstallHint { get; init; }

    /// <summary>How long the plugin may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override string ToString() => $"exec {Command}";
}
