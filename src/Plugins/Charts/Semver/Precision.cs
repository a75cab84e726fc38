namespace Wego.Plugins.Charts;

/// <summary>How many numbers of a version in a constraint are given; the rest is left out or a wildcard.</summary>
internal enum Precision
{
    None,
    Major,
    Minor,
    Patch,
}
