using System.Text;
using Microsoft.Extensions.Configuration;

namespace Wego.Kubernetes.Tests;

/// <summary>
/// Each folder under <c>Clusters/Cases</c> is a clusters file with its expected reading: <c>clusters.json</c>, <c>settings</c> with lines
/// of further settings (<c>Clusters:…</c> for <c>Wego:Clusters</c>, others for <c>Wego:Kubernetes</c>), and <c>expected</c> with the
/// clusters or the error. A new case needs no code.
/// </summary>
public sealed class ClusterSetTests
{
    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(TestPaths.Root, "tests", "Kubernetes.Tests", "Clusters", "Cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task IsReadAsExpected(string name)
    {
        var folder = Path.Combine(Folder, name);
        var settings = Path.Combine(folder, "settings");
        var options = Options(folder, File.Exists(settings) ? await File.ReadAllLinesAsync(settings, TestContext.Current.CancellationToken) : []);
        string actual;
        try
        {
            actual = Describe(ClusterSet.Read(options));
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
    public void AMissingFileIsNamed()
    {
        var error = Should.Throw<ClusterConfigurationException>(() => ClusterSet.Read(new KubernetesOptions { ClustersConfigPath = "/does/not/exist.json" }));

        error.Message.ShouldBe("Clusters file: /does/not/exist.json cannot be read (it does not exist).");
    }

    [Fact]
    public async Task NoInputIsAnAccident()
    {
        // Every prefix of a file that is right, and the file with one byte replaced: read, or refused with a message.
        var right = await File.ReadAllTextAsync(Path.Combine(Folder, "pinniped", "clusters.json"), TestContext.Current.CancellationToken);
        var file = Path.Combine(Directory.CreateTempSubdirectory("wego-").FullName, "clusters.json");
        try
        {
            foreach (var text in Enumerable.Range(0, 120).SelectMany(i => new[] { right[..i], string.Concat(right.AsSpan(0, i), "}", right.AsSpan(i + 1)), string.Concat(right.AsSpan(0, i), "\0", right.AsSpan(i + 1)) }))
            {
                await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
                try
                {
                    ClusterSet.Read(new KubernetesOptions { ClustersConfigPath = file }).Names.ShouldNotBeEmpty();
                }
                catch (ClusterConfigurationException e)
                {
                    e.Message.ShouldContain(file);
                }
            }
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static KubernetesOptions Options(string folder, string[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], (string?)s[1])))
            .Build();
        var options = new KubernetesOptions { ClustersConfigPath = Path.Combine(folder, "clusters.json") };
        configuration.Bind(options);
        configuration.GetSection("Clusters").Bind(options.Clusters);
        return options;
    }

    private static string Describe(ClusterSet clusters)
    {
        var text = new StringBuilder();
        foreach (var name in clusters.Names)
        {
            text.Append(name == clusters.DefaultName ? "default cluster: " : "cluster: ").Append(name).Append('\n');
            var configuration = clusters.Configure(name, () => new ClusterConfiguration(new Uri("https://own.test")) { Origin = "in-cluster", User = new UserConfiguration { TokenFile = "/token" } });
            Line("server", configuration);
            Line("authorities", configuration.CertificateAuthorities is { } authorities ? string.Join(", ", authorities.Select(c => c.Subject)) : null);
            Line("insecure", configuration.InsecureSkipTlsVerify ? "yes" : null);
            Line("user", configuration.User);
            Line("missing", configuration.MissingServiceIdentity);
            Line("pinniped", configuration.CallerProxy?.Url);
            Line("pinniped for", configuration.CallerProxy?.ApiServer);
            Line("pinniped certificate", configuration.CallerProxy?.ApiServerCertificateData?.Length);
        }

        return text.ToString();

        void Line(string key, object? value)
        {
            if (value is not null)
            {
                text.Append("  ").Append(key).Append(": ").Append(value).Append('\n');
            }
        }
    }
}
