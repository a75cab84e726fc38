namespace Wego.Plugins.Charts;

/// <summary>One entry of an index while it is read. Used again for the next entry, since most are needed for their row only.</summary>
internal sealed class ChartEntry
{
    public string Name { get; set; } = "";

    public string Version { get; set; } = "";

    public string AppVersion { get; set; } = "";

    public string Description { get; set; } = "";

    public string Icon { get; set; } = "";

    public string Home { get; set; } = "";

    public string Category { get; set; } = "";

    public bool Deprecated { get; set; }

    public DateTimeOffset? Created { get; set; }

    public ContentDigest? Digest { get; set; }

    public List<string> Keywords { get; } = [];

    public List<string> Sources { get; } = [];

    public List<string> Urls { get; } = [];

    public List<CatalogueMaintainer> Maintainers { get; } = [];

    /// <summary>The names of the dependencies, or null where they are not wanted.</summary>
    public List<string>? Dependencies { get; init; }

    /// <summary>What is wrong with the entry, or null.</summary>
    public string? Problem { get; set; }

    /// <summary>The line where it begins.</summary>
    public long Line { get; set; }

    /// <summary>Takes over the fields that describe a chart.</summary>
    public void CopyFrom(ChartEntry other)
    {
        (Name, Version, AppVersion) = (other.Name, other.Version, other.AppVersion);
        (Description, Icon, Home, Category, Deprecated) = (other.Description, other.Icon, other.Home, other.Category, other.Deprecated);
        Keywords.AddRange(other.Keywords);
        Sources.AddRange(other.Sources);
        Maintainers.AddRange(other.Maintainers);
    }

    public void Clear()
    {
        Name = Version = AppVersion = Description = Icon = Home = Category = "";
        Deprecated = false;
        Created = null;
        Digest = null;
        Problem = null;
        Keywords.Clear();
        Sources.Clear();
        Urls.Clear();
        Maintainers.Clear();
        Dependencies?.Clear();
    }
}
