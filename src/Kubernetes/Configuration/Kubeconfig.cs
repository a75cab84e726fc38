using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Wego.Kubernetes;

/// <summary>
/// One or several kubeconfig files merged by kubectl's rules: the first file that names a cluster, user or context, or sets
/// <c>current-context</c>, wins; entries are never mixed.
/// </summary>
public sealed class Kubeconfig
{
    private readonly Dictionary<string, KubeconfigEntry<KubeconfigFile.Cluster>> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigEntry<KubeconfigFile.User>> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigEntry<KubeconfigFile.Context>> _contexts = new(StringComparer.Ordinal);
    private readonly string _files;

    private Kubeconfig(IEnumerable<string> files) => _files = string.Join(Path.PathSeparator, files);

    /// <summary>The context in force, or null where no file sets one.</summary>
    public string? CurrentContext { get; private set; }

    /// <summary>The names of all contexts, sorted.</summary>
    public IReadOnlyList<string> Contexts => [.. _contexts.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads and merges files.</summary>
    /// <param name="paths">The files, most important first.</param>
    /// <param name="ignoreMissing">Skip files that do not exist, as for <c>$KUBECONFIG</c>; at least one must.</param>
    /// <exception cref="ClusterConfigurationException">A file is missing or cannot be read.</exception>
    public static Kubeconfig Load(IReadOnlyList<string> paths, bool ignoreMissing = false)
    {
        var present = ignoreMissing ? [.. paths.Where(File.Exists)] : paths;
        if (present.Count == 0)
        {
            throw new ClusterConfigurationException($"Kubeconfig: none of the files exists: {string.Join(", ", paths)}.");
        }

        var merged = new Kubeconfig(present);
        foreach (var path in present)
        {
            merged.Add(path, Parse(path));
        }

        return merged;
    }

    /// <summary>The configuration of a context.</summary>
    /// <param name="context">The context's name; null for the current one.</param>
    /// <exception cref="ClusterConfigurationException">The context, or what it names, is missing or wrong.</exception>
    public ClusterConfiguration Resolve(string? context = null)
    {
        var name = context ?? CurrentContext
            ?? throw new ClusterConfigurationException($"Kubeconfig {_files}: current-context is not set. Set it, or name a context.");
        if (!_contexts.TryGetValue(name, out var found))
        {
            throw new ClusterConfigurationException($"Kubeconfig {_files}: there is no context '{name}'. Known: {string.Join(", ", Contexts)}.");
        }

        var where = $"Kubeconfig {found.File}, context '{name}'";
        var clusterName = found.Value.Cluster ?? throw new ClusterConfigurationException($"{where}: context.cluster is not set.");
        if (!_clusters.TryGetValue(clusterName, out var cluster))
        {
            throw new ClusterConfigurationException($"{where}: context.cluster names '{clusterName}', which is no entry of clusters.");
        }

        KubeconfigEntry<KubeconfigFile.User>? user = null;
        if (!string.IsNullOrEmpty(found.Value.User) && !_users.TryGetValue(found.Value.User, out user))
        {
            throw new ClusterConfigurationException($"{where}: context.user names '{found.Value.User}', which is no entry of users.");
        }

        var origin = $"{found.File}, context '{name}'";
        var configuration = KubeconfigClusterMapper.Map(cluster, $"Kubeconfig {cluster.File}, context '{name}', cluster '{clusterName}'") with
        {
            Origin = origin,
            DefaultNamespace = string.IsNullOrEmpty(found.Value.Namespace) ? "default" : found.Value.Namespace,
        };
        return user is null
            ? configuration
            : configuration with { User = KubeconfigUserMapper.Map(user, cluster.Value, $"Kubeconfig {user.File}, context '{name}', user '{found.Value.User}'") };
    }

    private static KubeconfigFile Parse(string path)
    {
        var text = PemFiles.ReadText(path, "Kubeconfig");
        try
        {
            // Numbers and booleans of a plugin's extension keep their type.
            return new DeserializerBuilder().IgnoreUnmatchedProperties().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<KubeconfigFile?>(text) ?? new KubeconfigFile();
        }
        catch (YamlException e)
        {
            // The parser's own message may quote the text, and so a credential: only the place is told.
            throw new ClusterConfigurationException($"Kubeconfig {path} is not a valid kubeconfig at line {e.Start.Line}, column {e.Start.Column}.");
        }
    }

    private void Add(string path, KubeconfigFile file)
    {
        CurrentContext ??= string.IsNullOrEmpty(file.CurrentContext) ? null : file.CurrentContext;
        AddAll(_clusters, path, "clusters", file.Clusters?.Select(c => (c?.Name, c?.Cluster)));
        AddAll(_users, path, "users", file.Users?.Select(u => (u?.Name, u?.User ?? new KubeconfigFile.User()))!);
        AddAll(_contexts, path, "contexts", file.Contexts?.Select(c => (c?.Name, c?.Context)));
    }

    private static void AddAll<T>(Dictionary<string, KubeconfigEntry<T>> entries, string path, string field, IEnumerable<(string? Name, T? Value)>? found)
        where T : class
    {
        var index = 0;
        foreach (var (name, value) in found ?? [])
        {
            if (string.IsNullOrEmpty(name))
            {
                throw new ClusterConfigurationException($"Kubeconfig {path}: {field}[{index}].name is not set.");
            }

            if (value is null)
            {
                throw new ClusterConfigurationException($"Kubeconfig {path}: {field}[{index}] ('{name}') has no content.");
            }

            entries.TryAdd(name, new KubeconfigEntry<T>(path, value));
            index++;
        }
    }
}
