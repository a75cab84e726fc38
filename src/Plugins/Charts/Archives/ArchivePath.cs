namespace Wego.Plugins.Charts;

/// <summary>Judges the paths in an archive.</summary>
internal static class ArchivePath
{
    /// <summary>What makes a path unsafe to unpack, or null.</summary>
    public static string? Danger(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return "an empty path or one with a NUL";
        }

        var name = path.Replace('\\', '/');
        if (name[0] == '/' || (name.Length > 1 && name[1] == ':'))
        {
            return "an absolute path";
        }

        return Segments(name).Contains("..", StringComparer.Ordinal) ? "a path that leads out of the archive" : null;
    }

    /// <summary>The segments of a path, without those that mean nothing.</summary>
    public static string[] Segments(string path) =>
        [.. path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != ".")];
}
