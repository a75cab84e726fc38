using Wego.Plugins;

namespace Wego.Flux.Tests;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", "0s")]
    [InlineData("0s", "0s")]
    [InlineData("10m0s", "10m")]
    [InlineData("1h0m0s", "1h")]
    [InlineData("1h0m5s", "1h5s")]
    [InlineData("90s", "1m30s")]
    [InlineData("1.5h", "1h30m")]
    [InlineData(".5s", "500ms")]
    [InlineData("1m.5s", "1m0.5s")]
    [InlineData("24h", "24h")]
    [InlineData("100ms", "100ms")]
    [InlineData("1500us", "1.5ms")]
    [InlineData("2µs", "2µs")]
    [InlineData("-1m", "-1m")]
    [InlineData("+1m", "1m")]
    [InlineData("2562047h", "2562047h")]
    public void What_Go_reads_is_read_and_written_without_zero_units(string text, string canonical)
    {
        GoDuration.TryParse(text, out var value).ShouldBeTrue();
        GoDuration.Format(value).ShouldBe(canonical);
        GoDuration.TryParse(canonical, out var again).ShouldBeTrue();
        again.ShouldBe(value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("10 m")]
    [InlineData("10d")]
    [InlineData("1m-5s")]
    [InlineData("1..5s")]
    [InlineData(".s")]
    [InlineData("9999999h")]
    [InlineData("99999999999999999999999999s")]
    [InlineData("10M")]
    public void What_Go_refuses_is_refused(string? text) => GoDuration.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Text_that_is_no_duration_is_left_alone() => GoDuration.Trim("soon").ShouldBe("soon");
}
