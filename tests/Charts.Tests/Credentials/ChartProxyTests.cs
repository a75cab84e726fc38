using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Credentials;

/// <summary>Which requests go through which proxy.</summary>
public sealed class ChartProxyTests
{
    private static readonly Uri s_http = new("http://proxy.example:3128");
    private static readonly Uri s_https = new("http://secure-proxy.example:3129");

    [Theory]
    [InlineData("http://charts.example/index.yaml", "http://proxy.example:3128/")]
    [InlineData("https://charts.example/index.yaml", "http://secure-proxy.example:3129/")]
    [InlineData("http://127.0.0.1/index.yaml", null)]
    [InlineData("http://localhost:8080/index.yaml", null)]
    [InlineData("http://[::1]/index.yaml", null)]
    public void The_scheme_decides_and_this_machine_is_reached_straight(string address, string? proxy) =>
        Choose(new ChartProxy { Http = s_http, Https = s_https }, address).ShouldBe(proxy);

    [Theory]
    [InlineData("*", "http://charts.example", true)]
    [InlineData("charts.example", "http://charts.example", true)]
    [InlineData("charts.example", "http://a.charts.example", true)]
    [InlineData("charts.example", "http://my-charts.example", false)]
    [InlineData("CHARTS.example", "http://charts.EXAMPLE", true)]
    [InlineData(".charts.example", "http://charts.example", false)]
    [InlineData(".charts.example", "http://a.charts.example", true)]
    [InlineData("*.charts.example", "http://a.charts.example", true)]
    [InlineData("charts.example:8080", "http://charts.example", false)]
    [InlineData("charts.example:8080", "http://charts.example:8080", true)]
    [InlineData("10.0.0.0/8", "http://10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "http://11.1.2.3", false)]
    [InlineData("10.1.2.3", "http://10.1.2.3", true)]
    [InlineData("10.1.2.3:81", "http://10.1.2.3", false)]
    [InlineData("fd00::/8", "http://[fd00::1]", true)]
    [InlineData("fd00::1", "http://[fd00::1]:8080", true)]
    [InlineData("a.example, charts.example ,b.example", "http://charts.example", true)]
    [InlineData(",,. ,:,/8", "http://charts.example", false)]
    public void Exceptions_are_read_as_Go_reads_them(string exceptions, string address, bool straight) =>
        (Choose(new ChartProxy { Http = s_http, NoProxy = exceptions }, address) is null).ShouldBe(straight);

    [Fact]
    public void A_login_in_the_address_is_used_and_never_told()
    {
        var proxy = ChartProxy.ForAll(new Uri("http://anna:secret%20word@proxy.example:3128"));

        var rules = proxy.ToWebProxy();
        var login = rules.Credentials!.GetCredential(rules.GetProxy(new Uri("https://charts.example"))!, "Basic")!;

        (login.UserName, login.Password).ShouldBe(("anna", "secret word"));
        rules.GetProxy(new Uri("https://charts.example"))!.UserInfo.ShouldBeEmpty();
        proxy.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public void Connections_are_shared_by_the_same_proxy_and_login_alone()
    {
        var one = ChartProxy.ForAll(new Uri("http://anna:one@proxy.example"));

        one.Fingerprint.ShouldBe(ChartProxy.ForAll(new Uri("http://anna:one@proxy.example")).Fingerprint);
        one.Fingerprint.ShouldNotBe(ChartProxy.ForAll(new Uri("http://anna:two@proxy.example")).Fingerprint);
        one.Fingerprint.ShouldNotBe((one with { NoProxy = "a.example" }).Fingerprint);
    }

    [Theory]
    [InlineData("proxy.example:3128", "http://proxy.example:3128/")]
    [InlineData(" https://proxy.example ", "https://proxy.example/")]
    [InlineData("socks5://proxy.example:1080", "socks5://proxy.example:1080/")]
    [InlineData("ftp://proxy.example", null)]
    [InlineData("", null)]
    [InlineData("http://", null)]
    public void An_address_may_lack_its_scheme(string text, string? address)
    {
        if (address is null)
        {
            Should.Throw<ChartException>(() => ChartProxy.ParseAddress(text)).Failure.ShouldBe(ChartFailure.InvalidUrl);
        }
        else
        {
            ChartProxy.ParseAddress(text).AbsoluteUri.ShouldBe(address);
        }
    }

    private static string? Choose(ChartProxy proxy, string address) => proxy.ToWebProxy().GetProxy(new Uri(address))?.AbsoluteUri;
}
