using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Semver;

public sealed class SemverConstraintTests
{
    public static TheoryData<string, string, string> Rows() => [.. Golden.Rows("Semver/constraints.tsv").Select(r => (r[0], r[1], r[2]))];

    public static TheoryData<string, string, string> Upgrades() => [.. Golden.Rows("Semver/upgrades.tsv").Select(r => (r[0], r[1], r[2]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Constraint_allows_what_Helm_allows(string text, string version, string expected)
    {
        SemanticVersion.TryParseLenient(version, out var parsed).ShouldBeTrue();
        var actual = SemverConstraint.TryParse(text, out var constraint, out var error) ? constraint.Allows(parsed) ? "yes" : "no" : "error";
        actual.ShouldBe(expected, error);
    }

    [Fact]
    public void Error_names_the_text_and_what_would_be_right()
    {
        SemverConstraint.TryParse("newest", out _, out var error).ShouldBeFalse();
        error.ShouldContain("\"newest\"");
        error.ShouldContain(">=1.2 <2");
    }

    [Fact]
    public void Long_constraints_are_refused()
    {
        SemverConstraint.TryParse(new string('1', 513), out _, out var tooLong).ShouldBeFalse();
        tooLong.ShouldContain("512");
        SemverConstraint.TryParse(string.Join("||", Enumerable.Repeat("1", 33)), out _, out var tooMany).ShouldBeFalse();
        tooMany.ShouldContain("32");
    }

    [Theory]
    [MemberData(nameof(Upgrades))]
    public void Upgrade_policy_makes_an_expression(string policy, string version, string expected)
    {
        var applied = Enum.Parse<UpgradePolicy>(policy, ignoreCase: true).TryApply(version, out var expression, out var error);
        (applied ? expression : "error").ShouldBe(expected);
        (error is null).ShouldBe(applied);
        if (applied)
        {
            SemverConstraint.TryParse(expression, out _, out _).ShouldBeTrue("an expression has to be a constraint for the controller");
        }
    }
}
