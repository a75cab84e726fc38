using Wego.Plugins;
using Wego.Plugins.Carvel;

namespace Wego.Carvel.Tests;

public sealed class VersionSelectionTests
{
    [Theory]
    [InlineData("1.2.3", false, "")]
    [InlineData(">=1.0.0 <2.0.0", true, "")]
    [InlineData("", true, "rc,beta")]
    [InlineData("", false, "")]
    public void Is_read_as_it_was_written(string constraints, bool allowed, string identifiers)
    {
        var selection = new VersionSelection(constraints, new PrereleaseSelection(allowed, [.. identifiers.Split(',', StringSplitOptions.RemoveEmptyEntries)]));
        var read = VersionSelection.Parse(selection.ToString());
        read.Constraints.ShouldBe(constraints);
        read.Prereleases.Allowed.ShouldBe(allowed);
        read.Prereleases.Identifiers.ShouldBe(selection.Prereleases.Identifiers);
    }

    [Theory]
    [InlineData(">=1.0.0", false, "", "1.2.0")]
    [InlineData(">=1.0.0", true, "", "2.0.0-beta.1")]
    [InlineData(">=1.0.0", true, "rc", "1.3.0-rc.1")]
    // As for kapp-controller, a pre-release of 2.0.0 comes before it.
    [InlineData("1.x", true, "", "2.0.0-beta.1")]
    [InlineData("", false, "", "1.2.0")]
    [InlineData(">9.0.0", true, "", null)]
    [InlineData("^1.0.0", true, "", null)]
    public void Finds_the_highest(string constraints, bool allowed, string identifiers, string? expected)
    {
        var selection = new VersionSelection(constraints, new PrereleaseSelection(allowed, [.. identifiers.Split(',', StringSplitOptions.RemoveEmptyEntries)]));
        selection.TryFindHighest(Table("1.0.0", "2.0.0-beta.1", "1.2.0", "1.3.0-rc.1", "odd"), out var highest);
        highest.ShouldBe(expected);
    }

    private static VersionTable Table(params string[] versions)
    {
        var table = new VersionTableBuilder(new StringPool());
        foreach (var version in versions)
        {
            table.Add(version, version, null, null, []);
        }

        return table.Build();
    }
}
