using Microsoft.Extensions.Configuration;

namespace Orleans.Hosting;

/// <summary>Sets up the grain runtime of a host.</summary>
public interface ISiloBuilder
{
    /// <summary>The services of the host.</summary>
    IServiceCollection Services { get; }

    /// <summary>The configuration of the host.</summary>
    IConfiguration Configuration { get; }
}
