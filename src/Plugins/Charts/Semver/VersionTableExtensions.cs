namespace Wego.Plugins.Charts;

/// <summary>Looks at the versions of a package as semantic versions.</summary>
public static class VersionTableExtensions
{
    /// <summary>The newest version that satisfies the constraint, or null. Versions that Helm would not accept are passed over.</summary>
    public static CatalogueVersion? FindNewest(this VersionTable versions, SemverConstraint constraint)
    {
        SemanticVersion? newest = null;
        var row = -1;
        for (var i = 0; i < versions.Count; i++)
        {
            if (SemanticVersion.TryParseLenient(versions.VersionAt(i), out var version)
                && (newest is null || version > newest)
                && constraint.Allows(version))
            {
                (newest, row) = (version, i);
            }
        }

        return row < 0 ? null : versions[row];
    }

    /// <summary>The version that an expression stands for: exactly that version if there is one, else the newest that satisfies it as a constraint; null if none does.</summary>
    /// <param name="versions">The versions.</param>
    /// <param name="expression">An exact version, a constraint, or empty for the newest release.</param>
    public static CatalogueVersion? Resolve(this VersionTable versions, string expression) =>
        versions.Find(expression)
        ?? (SemverConstraint.TryParse(expression, out var constraint, out _) ? versions.FindNewest(constraint) : null);
}
