using System.Text;

namespace Wego.Kubernetes.Tests;

/// <summary>
/// Each folder under <c>Configuration/Cases</c> is a kubeconfig with its expected reading: <c>config*.yaml</c> in order of their
/// names, <c>context</c> with the context to take where it is not the current one, and <c>expected</c> with the configuration or
/// the error. A new case needs no code.
/// </summary>
public sealed class KubeconfigTests
{
    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(TestPaths.Root, "tests", "Kubernetes.Tests", "Configuration", "Cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task IsReadAsExpected(string name)
    {
        var folder = Path.Combine(Folder, name);
        var files = Directory.GetFiles(folder, "config*.yaml").Order(StringComparer.Ordinal).ToArray();
        var context = Path.Combine(folder, "context");
        string actual;
        try
        {
            actual = Describe(Kubeconfig.Load(files).Resolve(File.Exists(context) ? (await File.ReadAllTextAsync(context, TestContext.Current.CancellationToken)).Trim() : null));
        }
        catch (ClusterConfigurationException e)
        {
            actual = "error: " + e.Message + "\n";
            e.ToString().ShouldNotContain("s3cret");
        }

        actual = actual.Replace(folder + Path.DirectorySeparatorChar, "<folder>/", StringComparison.Ordinal);
        var expected = Path.Combine(folder, "expected");
        if (Environment.GetEnvironmentVariable("WEGO_UPDATE_EXPECTED") == "1")
        {
            await File.WriteAllTextAsync(expected, actual, TestContext.Current.CancellationToken);
        }

        actual.ShouldBe(await File.ReadAllTextAsync(expected, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void CredentialsAreInNoTextForm()
    {
        var configuration = Kubeconfig.Load([Path.Combine(Folder, "token", "config.yaml")]).Resolve();

        configuration.User.Token.ShouldBe("s3cret-token");
        foreach (var text in new[] { configuration.ToString(), configuration.User.ToString(), KubernetesIdentity.Bearer("s3cret").ToString() })
        {
            text.ShouldNotContain("s3cret");
        }
    }

    [Fact]
    public void MissingFilesOfTheVariableAreSkippedUnlessAllAre()
    {
        var present = Path.Combine(Folder, "token", "config.yaml");

        Kubeconfig.Load(["/does/not/exist", present], ignoreMissing: true).CurrentContext.ShouldBe("main");
        Should.Throw<ClusterConfigurationException>(() => Kubeconfig.Load(["/does/not/exist"], ignoreMissing: true)).Message.ShouldContain("/does/not/exist");
        Should.Throw<ClusterConfigurationException>(() => Kubeconfig.Load(["/does/not/exist", present])).Message.ShouldContain("/does/not/exist");
    }

    private static string Describe(ClusterConfiguration configuration)
    {
        var text = new StringBuilder();
        Line("server", configuration.Server);
        Line("authorities", configuration.CertificateAuthorities?.Select(c => c.Subject));
        Line("insecure", configuration.InsecureSkipTlsVerify ? "yes" : null);
        Line("tls-server-name", configuration.TlsServerName);
        Line("proxy", configuration.ProxyUrl);
        Line("namespace", configuration.DefaultNamespace);
        Line("origin", configuration.Origin);
        var user = configuration.User;
        Line("user", user);
        Line("token", user.Token);
        Line("tokenFile", user.TokenFile);
        Line("username", user.Username);
        Line("password", user.Password);
        Line("certificateFile", user.ClientCertificate?.CertificateFile);
        Line("keyFile", user.ClientCertificate?.KeyFile);
        Line("certificate", user.ClientCertificate?.CertificatePem is null ? null : "inline");
        Line("exec", user.Exec?.Command);
        Line("exec.apiVersion", user.Exec?.ApiVersion);
        Line("exec.args", user.Exec?.Arguments);
        Line("exec.env", user.Exec?.Environment.Select(e => $"{e.Key}={e.Value}").Order(StringComparer.Ordinal));
        Line("exec.extension", user.Exec?.ClusterExtensionJson);
        Line("as", user.Impersonate?.User);
        Line("as-groups", user.Impersonate?.Groups);
        Line("as-extra", user.Impersonate?.Extra.Select(e => $"{e.Key}={string.Join('|', e.Value)}"));
        return text.ToString();

        void Line(string key, object? value)
        {
            var rendered = value is IEnumerable<string> many ? string.Join(", ", many) : value?.ToString();
            if (!string.IsNullOrEmpty(rendered))
            {
                text.Append(key).Append(": ").Append(rendered).Append('\n');
            }
        }
    }
}
