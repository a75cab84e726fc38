using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <inheritdoc cref="ISiloBuilder"/>
internal sealed class SiloBuilder(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
{
    public IServiceCollection Services { get; } = services;

    public IConfiguration Configuration { get; } = configuration;

    /// <summary>The builder of a host, made on first use.</summary>
    public static SiloBuilder For(IServiceCollection services, IConfiguration configuration)
    {
        if (services.FirstOrDefault(d => d.ServiceType == typeof(SiloBuilder))?.ImplementationInstance is SiloBuilder known)
        {
            return known;
        }

        var builder = new SiloBuilder(services, configuration);
        services.AddSingleton(builder);
        builder.AddRuntime();
        return builder;
    }

    private void AddRuntime()
    {
        Services.AddLogging();
        Services.AddMetrics();
        Services.AddOptions<GrainCollectionOptions>().ValidateOnStart();
        Services.AddOptions<SiloMessagingOptions>().ValidateOnStart();
        Services.AddSingleton<IValidateOptions<GrainCollectionOptions>, GrainCollectionOptionsValidator>();
        Services.AddSingleton<IValidateOptions<SiloMessagingOptions>, SiloMessagingOptionsValidator>();
        Services.TryAddSingleton(TimeProvider.System);
        Services.AddSingleton<Instruments>();
        Services.AddSingleton<Silo>();
        Services.AddSingleton<GrainFactory>();
        Services.AddSingleton<IClusterClient>(s => s.GetRequiredService<GrainFactory>());
        Services.AddSingleton<IGrainFactory>(s => s.GetRequiredService<GrainFactory>());
        Services.AddTransient<IGrainContext>(_ =>
            RuntimeContext.Current ?? throw new InvalidOperationException("IGrainContext can be injected into grains only."));
        Services.AddHostedService<SiloService>();
    }
}
