using System.Collections.Immutable;

namespace Wego.Plugins.Helm;

/// <summary>The environment of a <c>helm</c> process: nothing of Wego's own but what finds programs, certificates and proxies.</summary>
internal static class HelmEnvironment
{
    private static readonly string[] s_kept = ["PATH", "SSL_CERT_FILE", "SSL_CERT_DIR"];
    private static readonly string[] s_proxies = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy"];

    /// <param name="home">The private folder, in which everything that Helm keeps goes.</param>
    /// <param name="useProxy">Whether the proxies of Wego's environment are Helm's, too.</param>
    public static ImmutableDictionary<string, string> Create(string home, bool useProxy)
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in useProxy ? [.. s_kept, .. s_proxies] : s_kept)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                variables[name] = value;
            }
        }

        variables["HOME"] = home;
        variables["TMPDIR"] = home;
        variables["LANG"] = "C.UTF-8";
        variables["HELM_CACHE_HOME"] = Path.Combine(home, "cache");
        variables["HELM_CONFIG_HOME"] = Path.Combine(home, "config");
        variables["HELM_DATA_HOME"] = Path.Combine(home, "data");
        variables["HELM_PLUGINS"] = Path.Combine(home, "plugins");
        return variables.ToImmutable();
    }
}
