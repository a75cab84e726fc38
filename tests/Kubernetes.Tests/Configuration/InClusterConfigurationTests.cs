namespace Wego.Kubernetes.Tests;

public sealed class InClusterConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly Dictionary<string, string?> _environment = new() { ["KUBERNETES_SERVICE_HOST"] = "fd00::1", ["KUBERNETES_SERVICE_PORT"] = "443" };

    public InClusterConfigurationTests()
    {
        using var tls = new TestTls();
        File.WriteAllText(Path.Combine(_folder, "ca.crt"), tls.AuthorityPem);
        File.WriteAllText(Path.Combine(_folder, "token"), "t");
        File.WriteAllText(Path.Combine(_folder, "namespace"), "wego\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void IsReadFromVariablesAndTheVolume()
    {
        var configuration = Load();

        configuration.Server.ToString().ShouldBe("https://[fd00::1]/");
        configuration.DefaultNamespace.ShouldBe("wego");
        configuration.User.TokenFile.ShouldBe(Path.Combine(_folder, "token"));
        configuration.User.Token.ShouldBeNull();
        configuration.CertificateAuthorities!.ShouldHaveSingleItem().Subject.ShouldBe("CN=test authority");
        configuration.UseEnvironmentProxy.ShouldBeFalse();
        InClusterConfiguration.IsAvailable(Variable, _folder).ShouldBeTrue();
    }

    [Theory]
    [InlineData("KUBERNETES_SERVICE_HOST", null, "KUBERNETES_SERVICE_HOST is not set")]
    [InlineData("KUBERNETES_SERVICE_PORT", "http", "KUBERNETES_SERVICE_PORT is 'http'")]
    public void AWrongVariableIsNamed(string name, string? value, string expected)
    {
        _environment[name] = value;

        Should.Throw<ClusterConfigurationException>(Load).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("ca.crt")]
    public void AMissingFileIsNamed(string file)
    {
        File.Delete(Path.Combine(_folder, file));

        Should.Throw<ClusterConfigurationException>(Load).Message.ShouldContain(Path.Combine(_folder, file));
    }

    private ClusterConfiguration Load() => InClusterConfiguration.Load(Variable, _folder);

    private string? Variable(string name) => _environment.GetValueOrDefault(name);
}
