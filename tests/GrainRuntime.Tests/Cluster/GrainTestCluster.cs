using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Wego.GrainRuntime.Tests;

/// <summary>
/// One host with grains on a clock that the test moves. What differs between the runtimes is in <c>RuntimeSetup</c>, of
/// which the build takes the one in <c>Cluster/InProcess</c> or <c>Cluster/Orleans</c>.
/// </summary>
public sealed class GrainTestCluster : IAsyncDisposable
{
    private readonly IHost _host;

    private GrainTestCluster(IHost host, FakeTimeProvider clock, TestLog log, Probe probe)
    {
        _host = host;
        Clock = clock;
        Log = log;
        Probe = probe;
    }

    public FakeTimeProvider Clock { get; }

    public TestLog Log { get; }

    public Probe Probe { get; }

    public IServiceProvider Services => _host.Services;

    public IClusterClient Client => Services.GetRequiredService<IClusterClient>();

    public static async Task<GrainTestCluster> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var clock = new FakeTimeProvider();
        var log = new TestLog();
        var probe = new Probe();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(probe);
        builder.UseOrleans(silo =>
        {
            RuntimeSetup.Apply(silo, clock);
            silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionQuantum = TimeSpan.FromMinutes(1);
                options.CollectionAge = TimeSpan.FromMinutes(15);
            });
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new GrainTestCluster(host, clock, log, probe);
    }

    public T Grain<T>(string key)
        where T : IGrainWithStringKey => Client.GetGrain<T>(key);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        Log.Dispose();
    }
}
