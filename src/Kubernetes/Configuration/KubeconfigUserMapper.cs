using System.Collections.Immutable;
using System.Text.Json;

namespace Wego.Kubernetes;

/// <summary>Turns a kubeconfig's user entry into a configuration.</summary>
internal static class KubeconfigUserMapper
{
    private const string ExecExtension = "client.authentication.k8s.io/exec";

    public static UserConfiguration Map(KubeconfigEntry<KubeconfigFile.User> entry, KubeconfigFile.Cluster cluster, string where)
    {
        var user = entry.Value;
        if (user.AuthProvider is not null)
        {
            throw new ClusterConfigurationException($"{where}: auth-provider is no longer part of Kubernetes; use exec.");
        }

        var hasToken = !string.IsNullOrEmpty(user.Token) || !string.IsNullOrEmpty(user.TokenFile);
        if (hasToken && !string.IsNullOrEmpty(user.Username))
        {
            throw new ClusterConfigurationException($"{where}: both a token and username are set. Remove one.");
        }

        if (user.Exec is not null && !string.IsNullOrEmpty(user.Username))
        {
            throw new ClusterConfigurationException($"{where}: both exec and username are set. Remove one.");
        }

        return new UserConfiguration
        {
            Token = Token(user.Token, where),
            TokenFile = string.IsNullOrEmpty(user.TokenFile) ? null : entry.Resolve(user.TokenFile),
            Username = NullIfEmpty(user.Username),
            Password = NullIfEmpty(user.Password),
            ClientCertificate = Certificate(entry, where),
            // As in kubectl, a token in the file makes the plugin unnecessary.
            Exec = user.Exec is null || hasToken ? null : Exec(entry, user.Exec, cluster, where),
            Impersonate = Impersonation(user, where),
            ImpersonateUid = NullIfEmpty(user.AsUid),
        };
    }

    private static string? Token(string? text, string where)
    {
        var token = NullIfEmpty(text?.Trim());
        return token is null || token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new ClusterConfigurationException($"{where}: token contains characters that no bearer token has.");
    }

    private static ClientCertificateConfiguration? Certificate(KubeconfigEntry<KubeconfigFile.User> entry, string where)
    {
        var user = entry.Value;
        var certificate = !string.IsNullOrEmpty(user.ClientCertificateData) || !string.IsNullOrEmpty(user.ClientCertificate);
        var key = !string.IsNullOrEmpty(user.ClientKeyData) || !string.IsNullOrEmpty(user.ClientKey);
        if (!certificate && !key)
        {
            return null;
        }

        if (!certificate)
        {
            throw new ClusterConfigurationException($"{where}: client-key is set, but neither client-certificate nor client-certificate-data.");
        }

        if (!key)
        {
            throw new ClusterConfigurationException($"{where}: client-certificate is set, but neither client-key nor client-key-data.");
        }

        var configuration = new ClientCertificateConfiguration
        {
            CertificatePem = string.IsNullOrEmpty(user.ClientCertificateData) ? null : PemFiles.DecodeData(user.ClientCertificateData, $"{where}: client-certificate-data"),
            KeyPem = string.IsNullOrEmpty(user.ClientKeyData) ? null : PemFiles.DecodeData(user.ClientKeyData, $"{where}: client-key-data"),
            CertificateFile = string.IsNullOrEmpty(user.ClientCertificate) ? null : entry.Resolve(user.ClientCertificate),
            KeyFile = string.IsNullOrEmpty(user.ClientKey) ? null : entry.Resolve(user.ClientKey),
        };

        // A certificate that cannot be used is to be found at the start, not at the first call.
        using var _ = ClientCertificate.Load(configuration, where);
        return configuration;
    }

    private static ExecConfiguration Exec(KubeconfigEntry<KubeconfigFile.User> entry, KubeconfigFile.Exec exec, KubeconfigFile.Cluster cluster, string where)
    {
        if (exec.ApiVersion is not (ExecConfiguration.V1 or ExecConfiguration.V1Beta1))
        {
            throw new ClusterConfigurationException($"{where}: exec.apiVersion is '{exec.ApiVersion}', not {ExecConfiguration.V1} or {ExecConfiguration.V1Beta1}.");
        }

        if (string.IsNullOrEmpty(exec.Command))
        {
            throw new ClusterConfigurationException($"{where}: exec.command is not set.");
        }

        if (exec.InteractiveMode is "Always")
        {
            throw new ClusterConfigurationException($"{where}: exec.interactiveMode is Always, but a service has no terminal. Use Never or IfAvailable.");
        }

        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < (exec.Env?.Count ?? 0); i++)
        {
            variables[NullIfEmpty(exec.Env![i]?.Name) ?? throw new ClusterConfigurationException($"{where}: exec.env[{i}].name is not set.")] = exec.Env[i]!.Value ?? "";
        }

        var extension = cluster.Extensions?.FirstOrDefault(e => e?.Name == ExecExtension)?.Value;
        var isRelativePath = exec.Command.Contains('/', StringComparison.Ordinal) || exec.Command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return new ExecConfiguration(exec.ApiVersion, isRelativePath ? entry.Resolve(exec.Command) : exec.Command)
        {
            Arguments = [.. exec.Args ?? []],
            Environment = variables.ToImmutable(),
            ProvideClusterInfo = exec.ProvideClusterInfo,
            ClusterExtensionJson = extension is null ? null : JsonSerializer.Serialize(Plain(extension)),
            InstallHint = NullIfEmpty(exec.InstallHint),
        };
    }

    private static KubernetesIdentity.ImpersonatedIdentity? Impersonation(KubeconfigFile.User user, string where)
    {
        if (!string.IsNullOrEmpty(user.As))
        {
            return new KubernetesIdentity.ImpersonatedIdentity(
                user.As,
                [.. user.AsGroups ?? []],
                (user.AsUserExtra ?? []).ToImmutableDictionary(e => e.Key, e => e.Value.ToImmutableArray(), StringComparer.Ordinal));
        }

        return user.AsGroups is { Count: > 0 } || user.AsUserExtra is { Count: > 0 } || !string.IsNullOrEmpty(user.AsUid)
            ? throw new ClusterConfigurationException($"{where}: as-uid, as-groups and as-user-extra need as.")
            : null;
    }

    /// <summary>YAML's loosely typed tree with string keys, as the JSON serializer wants it.</summary>
    private static object? Plain(object? value) => value switch
    {
        IDictionary<object, object> map => map.ToDictionary(e => e.Key.ToString()!, e => Plain(e.Value)),
        IList<object> list => list.Select(Plain).ToList(),
        _ => value,
    };

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
