using System.Collections.Frozen;

namespace Wego.Kubernetes;

/// <summary>The configured clusters, checked: the one that Wego runs on, and the others.</summary>
internal sealed class ClusterSet
{
    private readonly FrozenDictionary<string, ClusterEntry> _entries;
    private readonly ClusterEntry? _default;
    private readonly PinnipedProxy _pinniped;

    private ClusterSet(string defaultName, ClusterEntry? defaultEntry, IReadOnlyList<ClusterEntry> entries, PinnipedProxy pinniped)
    {
        (DefaultName, _default, _pinniped) = (defaultName, defaultEntry, pinniped);
        _entries = entries.ToFrozenDictionary(e => e.Name, StringComparer.Ordinal);
        Names = [defaultName, .. entries.Where(e => e != defaultEntry).Select(e => e.Name)];
    }

    /// <summary>What the cluster that Wego runs on is called.</summary>
    public string DefaultName { get; }

    /// <summary>All names, that one first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads the entries of the file and of the section, and checks them.</summary>
    /// <exception cref="ClusterConfigurationException">Something is wrong; the message names entry and key.</exception>
    public static ClusterSet Read(KubernetesOptions options)
    {
        List<ClusterEntry> entries = [];
        if (!string.IsNullOrEmpty(options.ClustersConfigPath))
        {
            entries.AddRange(ClusterEntryReader.Read(options.ClustersConfigPath));
        }

        for (var i = 0; i < options.Clusters.Count; i++)
        {
            options.Clusters[i].Origin = $"{KubernetesOptions.ClustersSection}:{i}";
            entries.Add(options.Clusters[i]);
        }

        ClusterEntry? defaultEntry = null;
        var byName = new Dictionary<string, ClusterEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            CheckName(entry);
            if (!byName.TryAdd(entry.Name, entry))
            {
                throw new ClusterConfigurationException($"{entry.Origin}: name '{entry.Name}' is taken by {byName[entry.Name].Origin}. Give each cluster a name of its own.");
            }

            if (entry.IsDefault && defaultEntry is not null)
            {
                throw new ClusterConfigurationException(
                    $"{entry} and {defaultEntry} both stand for the cluster that Wego runs on: only one entry may have isKubeappsCluster or lack apiServiceURL.");
            }

            defaultEntry = entry.IsDefault ? entry : defaultEntry;
        }

        var name = DefaultNameOf(options, defaultEntry);
        if (defaultEntry is null && byName.TryGetValue(name, out var taken))
        {
            throw new ClusterConfigurationException(
                $"{taken}: the cluster that Wego runs on has this name by {KubernetesOptions.Section}:{nameof(options.ClusterName)}. Rename one of them, or set isKubeappsCluster.");
        }

        var set = new ClusterSet(name, defaultEntry, entries, PinnipedOf(options, entries));
        foreach (var entry in entries.Where(e => e.ApiServiceURL.Length > 0 || e.ServiceToken.Length > 0))
        {
            _ = ClusterEntryMapper.Map(entry, set._pinniped, new ClusterConfiguration(new Uri("https://unknown")));
        }

        return set;
    }

    /// <summary>The configuration of a cluster.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="own">Loads that of the cluster that Wego runs on, from outside of the entries.</param>
    public ClusterConfiguration Configure(string name, Func<ClusterConfiguration> own)
    {
        if (name != DefaultName)
        {
            return ClusterEntryMapper.Map(_entries[name], _pinniped, own: null);
        }

        return _default is null ? own() : ClusterEntryMapper.Map(_default, _pinniped, NeedsOwn ? own() : null);
    }

    /// <summary>Whether the cluster that Wego runs on is not told completely by its entry.</summary>
    public bool NeedsOwn => _default is not { ApiServiceURL.Length: > 0, ServiceToken.Length: > 0 };

    private static string DefaultNameOf(KubernetesOptions options, ClusterEntry? entry)
    {
        if (entry is null)
        {
            return options.ClusterName;
        }

        return options.ClusterName is KubernetesOptions.DefaultClusterName || options.ClusterName == entry.Name
            ? entry.Name
            : throw new ClusterConfigurationException(
                $"{entry} stands for the cluster that Wego runs on, which {KubernetesOptions.Section}:{nameof(options.ClusterName)} calls '{options.ClusterName}'. Remove one.");
    }

    private static void CheckName(ClusterEntry entry)
    {
        if (entry.Name is not { Length: > 0 and <= 253 } || entry.Name == "-" || entry.Name.Any(c => char.IsControl(c) || c is '/' or ' '))
        {
            throw new ClusterConfigurationException($"{entry.Origin}: name must have 1 to 253 characters without spaces and slashes, and must not be '-'.");
        }
    }

    private static PinnipedProxy PinnipedOf(KubernetesOptions options, IReadOnlyList<ClusterEntry> entries)
    {
        const string Key = $"{KubernetesOptions.Section}:{nameof(options.PinnipedProxyUrl)}";
        var isUsed = entries.Any(e => e.PinnipedConfig.IsEnabled);
        if (!Uri.TryCreate(options.PinnipedProxyUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
        {
            throw new ClusterConfigurationException($"{Key} must be an http or https URL without user name, for example {KubernetesOptions.DefaultPinnipedProxyUrl}.");
        }

        var file = string.IsNullOrEmpty(options.PinnipedProxyCaCert) ? null : options.PinnipedProxyCaCert;
        if (isUsed && file is not null)
        {
            _ = PemFiles.ReadCertificates(file, $"{KubernetesOptions.Section}:{nameof(options.PinnipedProxyCaCert)}");
        }

        return new PinnipedProxy(url) { CertificateAuthorityFile = file };
    }
}
