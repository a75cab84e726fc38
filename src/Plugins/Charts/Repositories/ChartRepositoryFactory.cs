using System.Collections.Immutable;

namespace Wego.Plugins.Charts;

/// <summary>Opens chart repositories. Holds the connections that they share, which end with it.</summary>
public sealed class ChartRepositoryFactory : IDisposable
{
    private const int MaxHandlers = 64;

    private readonly HandlerPool _handlers = new(MaxHandlers);
    private readonly ChartHttp _http;
    private readonly OciChartLoader _loader;

    /// <summary>Creates the factory.</summary>
    public ChartRepositoryFactory(ChartRepositoryOptions options, TimeProvider time)
    {
        _http = new ChartHttp(_handlers, options, time);
        _loader = new OciChartLoader(_http);
    }

    /// <summary>Opens a repository; nothing is sent yet.</summary>
    /// <param name="url">An <c>http</c> or <c>https</c> URL (the folder of an index.yaml), or <c>oci://registry/path</c>.</param>
    /// <param name="connection">How to reach it.</param>
    /// <param name="names">For a registry: the charts below the path. Empty means all that the registry lists.</param>
    /// <exception cref="ChartException">The URL is of another kind.</exception>
    public IChartRepository Open(string url, ChartConnection connection, ImmutableArray<string> names = default)
    {
        var address = ChartUrl.Parse(url, "http", "https", "oci");
        return address.Scheme == "oci"
            ? new OciChartRepository(_http, _loader, OciReference.Parse(address), names, connection)
            : new HttpChartRepository(_http, _loader, address, connection);
    }

    /// <summary>Opens a registry; nothing is sent yet.</summary>
    /// <param name="url"><c>oci://registry/path</c>; the path may be left out.</param>
    /// <param name="connection">How to reach it.</param>
    /// <exception cref="ChartException">The URL is of another kind.</exception>
    public OciRegistry OpenRegistry(string url, ChartConnection connection) => new(_http, connection, OciReference.Parse(ChartUrl.Parse(url, "oci")));

    /// <inheritdoc/>
    public void Dispose() => _handlers.Dispose();
}
