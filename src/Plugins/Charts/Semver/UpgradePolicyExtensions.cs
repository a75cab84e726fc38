using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Wego.Plugins.Charts;

/// <summary>Applies upgrade policies.</summary>
public static class UpgradePolicyExtensions
{
    /// <summary>
    /// The version expression to hand to the installing controller: for an exact version (three numbers) what the policy makes of
    /// it, for a constraint the constraint unchanged.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="version">An exact version or a constraint.</param>
    /// <param name="expression">The expression, or null.</param>
    /// <param name="error">What is wrong with the version, or null.</param>
    public static bool TryApply(
        this UpgradePolicy policy,
        string version,
        [NotNullWhen(true)] out string? expression,
        [NotNullWhen(false)] out string? error)
    {
        expression = null;
        if (version.Length == 0)
        {
            error = "The version is empty: an exact version or a version constraint is needed.";
            return false;
        }

        if (SemanticVersion.TryParse(version.StartsWith('v') ? version[1..] : version, out var exact))
        {
            error = null;
            expression = Range(policy, version, exact);
            return true;
        }

        if (!SemverConstraint.TryParse(version, out _, out error))
        {
            return false;
        }

        expression = version;
        return true;
    }

    private static string Range(UpgradePolicy policy, string text, SemanticVersion version) => policy switch
    {
        UpgradePolicy.None => text,
        UpgradePolicy.Patch => string.Create(CultureInfo.InvariantCulture, $">={version} <{version.Major}.{version.Minor + 1}.0"),
        UpgradePolicy.Minor => string.Create(CultureInfo.InvariantCulture, $">={version} <{version.Major + 1}.0.0"),
        UpgradePolicy.Major => $">={version}",
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "Not an upgrade policy."),
    };
}
