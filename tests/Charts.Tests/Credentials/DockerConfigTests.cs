using System.Text;
using Wego.Plugins.Charts;

namespace Wego.Charts.Tests.Credentials;

public sealed class DockerConfigTests
{
    [Theory]
    [InlineData("registry.example", "", "ada:secret")]
    [InlineData("REGISTRY.example", "any/path", "ada:secret")]
    [InlineData("registry.example", "team/charts/app", "team:colon:in:password")]
    [InlineData("registry.example", "teams/charts", "ada:secret")]
    [InlineData("registry.example:5000", "", "port:p")]
    [InlineData("docker.io", "library/x", "hub:h")]
    [InlineData("registry-1.docker.io", "", "hub:h")]
    [InlineData("other.example", "", null)]
    [InlineData("empty.example", "", null)]
    public void Credentials_are_found_by_registry_and_path(string registry, string path, string? expected)
    {
        var config = DockerConfig.Parse(Encoding.UTF8.GetBytes($$$"""
            {"auths": {
              "https://registry.example": {"auth": "{{{Base64("ada:secret")}}}"},
              "registry.example/team": {"auth": "{{{Base64("team:colon:in:password")}}}"},
              "registry.example:5000": {"username": "port", "password": "p"},
              "https://index.docker.io/v1/": {"auth": "{{{Base64("hub:h")}}}"},
              "empty.example": {}
            }}
            """));
        config.Find(registry, path)?.Authorization.ShouldBe(expected is null ? null : "Basic " + Base64(expected));
        (config.Find(registry, path) is null).ShouldBe(expected is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"auths": []}""")]
    [InlineData("""{"auths": {"a": {"auth": "s3cret-not-base64!"}}}""")]
    [InlineData("""{"auths": {"a": {"auth": "czNjcmV0"}}}""")]
    public void What_is_no_configuration_is_an_error_without_its_content(string json)
    {
        var error = Should.Throw<ChartException>(() => DockerConfig.Parse(Encoding.UTF8.GetBytes(json)));
        error.Failure.ShouldBe(ChartFailure.InvalidCredentials);
        error.ToString().ShouldNotContain("s3cret");
    }

    [Fact]
    public void Text_forms_hold_no_secret()
    {
        var connection = new ChartConnection
        {
            Credentials = ChartCredentials.Basic("ada", "s3cret"),
            DockerConfig = DockerConfig.Parse(Encoding.UTF8.GetBytes("""{"auths": {"a": {"username": "ada", "password": "s3cret"}}}""")),
            Tls = new ChartTls { ClientKey = "s3cret" },
            Proxy = ChartProxy.ForAll(new Uri("http://ada:s3cret@proxy.example")),
        };
        string.Join(' ', connection, connection.Credentials, connection.DockerConfig, connection.Tls, ChartCredentials.Bearer("s3cret")).ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Basic abc\r\nX-Evil: 1")]
    [InlineData("Bearer ä")]
    public void Header_that_cannot_be_sent_is_an_error(string value) =>
        Should.Throw<ChartException>(() => ChartCredentials.Header(value)).Failure.ShouldBe(ChartFailure.InvalidCredentials);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
