using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Wego.Kubernetes.Tests;

public sealed class AddKubernetesTests
{
    [Fact]
    public void TheClientIsMadeOfTheConfigurationGivenInCode()
    {
        var calls = 0;
        using var services = Services([("ClusterName", "prod")], _ =>
        {
            calls++;
            return new ClusterConfiguration(new Uri("http://127.0.0.1:1"));
        });
        var clients = services.GetRequiredService<IKubernetesClients>();
        calls.ShouldBe(0);

        clients.DefaultClusterName.ShouldBe("prod");
        clients.Get("").ClusterName.ShouldBe("prod");
        clients.Get("prod").ShouldBeSameAs(clients.Get(""));
        calls.ShouldBe(1);
    }

    [Fact]
    public void AnUnknownClusterIsNamedWithTheKnownOnes()
    {
        using var services = Services([], _ => new ClusterConfiguration(new Uri("http://127.0.0.1:1")));

        var error = Should.Throw<UnknownClusterException>(() => services.GetRequiredService<IKubernetesClients>().Get("other"));

        error.Cluster.ShouldBe("other");
        error.Message.ShouldBe("There is no cluster 'other'. Known: default.");
    }

    [Theory]
    [InlineData("ClusterName", "a/b")]
    [InlineData("Qps", "-1")]
    [InlineData("Burst", "0")]
    [InlineData("RequestTimeout", "00:00:00")]
    [InlineData("AllowedAccessLifetime", "-00:00:01")]
    [InlineData("Kubeconfig", "/does/not/exist")]
    public void ABadValueNamesItsKey(string key, string value)
    {
        using var services = Services([(key, value)], key == "Kubeconfig" ? null : _ => new ClusterConfiguration(new Uri("http://127.0.0.1:1")));

        var error = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        error.Message.ShouldContain($"Wego:Kubernetes:{key}");
        error.Message.ShouldContain(key == "Kubeconfig" ? value : "must be");
    }

    private static ServiceProvider Services((string Key, string Value)[] settings, Func<IServiceProvider, ClusterConfiguration>? configuration)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{KubernetesOptions.Section}:{s.Key}", (string?)s.Value)))
            .Build());
        services.AddKubernetes(configuration);
        return services.BuildServiceProvider();
    }
}
