using FsCheck;
using FsCheck.Fluent;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Semver;

public sealed class SemanticVersionTests
{
    private static readonly Gen<string> Identifiers = Gen.Elements("0", "7", "11", "alpha", "beta", "rc-1", "0a", "A");

    private static readonly Gen<string> Versions =
        from core in Gen.Choose(0, 12).Three()
        from prerelease in Gen.Resize(Identifiers.ListOf(), 5)
        from metadata in Gen.Resize(Identifiers.ListOf(), 5)
        select $"{core.Item1}.{core.Item2}.{core.Item3}"
            + (prerelease.Count == 0 ? "" : "-" + string.Join('.', prerelease))
            + (metadata.Count == 0 ? "" : "+" + string.Join('.', metadata));

    public static TheoryData<string, string, string> Texts() => [.. Golden.Rows("Semver/versions.tsv").Select(r => (r[0], r[1], r[2]))];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_is_read_strictly_and_leniently(string text, string strict, string lenient)
    {
        (SemanticVersion.TryParse(text, out var version) ? version.ToString() : "error").ShouldBe(strict);
        (SemanticVersion.TryParseLenient(text, out version) ? version.ToString() : "error").ShouldBe(lenient);
    }

    [Fact]
    public void Order_is_that_of_the_specification()
    {
        var versions = Golden.Rows("Semver/precedence.txt").Select(r => Parse(r[0])).ToArray();
        for (var i = 0; i < versions.Length; i++)
        {
            for (var j = 0; j < versions.Length; j++)
            {
                Math.Sign(versions[i].CompareTo(versions[j])).ShouldBe(i.CompareTo(j), $"{versions[i]} against {versions[j]}");
            }
        }
    }

    [Fact]
    public void Build_metadata_does_not_count()
    {
        (Parse("1.2.3+a") == Parse("1.2.3+b")).ShouldBeTrue();
        Parse("1.2.3+a").GetHashCode().ShouldBe(Parse("1.2.3").GetHashCode());
    }

    [Fact]
    public void Text_survives_reading_and_order_is_total() => Check.QuickThrowOnFailure(Prop.ForAll(
        Versions.Three().ToArbitrary(),
        texts =>
        {
            var (a, b, c) = (Parse(texts.Item1), Parse(texts.Item2), Parse(texts.Item3));
            return a.ToString() == texts.Item1
                && Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a))
                && (!(a <= b && b <= c) || a <= c)
                && (a != b || a.GetHashCode() == b.GetHashCode());
        }));

    [Fact]
    public void No_text_throws() => Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
    {
        _ = SemanticVersion.TryParseLenient(text, out _);
        var valid = SemverConstraint.TryParse(text, out _, out var error);
        return valid == (error is null);
    }));

    private static SemanticVersion Parse(string text) => SemanticVersion.TryParse(text, out var version) ? version : throw new FormatException(text);
}
