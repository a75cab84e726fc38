using Wego.Plugins.Carvel;
using Wego.Plugins.Charts;

namespace Wego.Carvel.Tests;

/// <summary>The language of constraints that kapp-controller reads.</summary>
public sealed class VersionRangeTests
{
    [Theory]
    [InlineData("1.2.3", "1.2.3", "1.2.4 1.2.2 1.2.3-rc.1")]
    [InlineData("=1.2.3", "1.2.3", "1.2.4")]
    [InlineData("==1.2.3", "1.2.3", "1.2.4")]
    [InlineData("!1.2.3", "1.2.4 1.2.2", "1.2.3")]
    [InlineData("!=1.2.3", "1.2.4 1.2.3-rc.1", "1.2.3")]
    [InlineData(">1.0.0 <2.0.0", "1.0.1 1.9.9 2.0.0-rc.1", "1.0.0 2.0.0")]
    [InlineData(">= 1.0.0  <= 2.0.0", "1.0.0 2.0.0", "2.0.1 0.9.9")]
    [InlineData(">1.0.0 <3.0.0 !2.0.3-beta.2", "2.0.3 2.0.3-beta.1", "2.0.3-beta.2 3.0.0")]
    [InlineData("<2.0.0 || >=3.0.0", "1.0.0 3.0.0", "2.0.0 2.9.9")]
    [InlineData("1.x", "1.0.0 1.9.9", "2.0.0 0.9.9")]
    [InlineData("1.x.x", "1.0.0 1.9.9", "2.0.0")]
    [InlineData("1.2.x", "1.2.0 1.2.9", "1.3.0 1.1.9")]
    [InlineData(">1.x", "2.0.0", "1.9.9")]
    [InlineData(">=1.x", "1.0.0 2.0.0", "0.9.9")]
    [InlineData("<1.2.x", "1.1.9", "1.2.0")]
    [InlineData("<=1.2.x", "1.2.9", "1.3.0")]
    [InlineData("!=1.x", "2.0.0 0.9.9", "1.0.0 1.9.9")]
    [InlineData("", "0.0.1 99.0.0 1.0.0-rc.1", "")]
    [InlineData("  ", "1.0.0", "")]
    public void Allows(string range, string inside, string outside)
    {
        VersionRange.TryParse(range, out var parsed).ShouldBeTrue();
        Versions(inside).ShouldAllBe(v => parsed!.Allows(v));
        Versions(outside).ShouldAllBe(v => !parsed!.Allows(v));
    }

    [Theory]
    [InlineData("^1.0.0")]
    [InlineData("~1.2")]
    [InlineData("latest")]
    [InlineData("1.2")]
    [InlineData("v1.2.3")]
    [InlineData(">")]
    [InlineData("||")]
    [InlineData("1.0.0 ||")]
    [InlineData("|| 1.0.0")]
    [InlineData("=>1.0.0")]
    [InlineData("1.0.0, 2.0.0")]
    [InlineData("1.0.0 - 2.0.0")]
    [InlineData("x")]
    [InlineData("1.x.2")]
    [InlineData("18446744073709551615.x")]
    [InlineData("-1.x")]
    public void Refuses(string range) => VersionRange.TryParse(range, out _).ShouldBeFalse();

    [Fact]
    public void Refuses_what_is_too_long() => VersionRange.TryParse(string.Join(" || ", Enumerable.Repeat("1.0.0", 1000)), out _).ShouldBeFalse();

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var random = new Random(7);
        const string Alphabet = "0123456789.x<>=!|- rcv^~\t\0é";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(24)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            if (VersionRange.TryParse(text, out var range))
            {
                range.Allows(Versions("1.2.3").Single());
            }
        }
    }

    private static IEnumerable<SemanticVersion> Versions(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(t => SemanticVersion.TryParse(t, out var version) ? version : throw new ArgumentException(t));
}
