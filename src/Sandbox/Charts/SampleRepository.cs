using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Wego.Sandbox.Carvel;

namespace Wego.Sandbox.Charts;

/// <summary>A Helm chart repository with sample charts, and a Carvel package repository beside it, served over HTTP on loopback.</summary>
public sealed class SampleRepository : IAsyncDisposable
{
    private const string PackagesPath = "/packages.tgz";

    private readonly WebApplication _app;

    private SampleRepository(WebApplication app) => (_app, Address) = (app, new Uri(app.Urls.First()));

    /// <summary>The address to give to a HelmRepository or an AppRepository.</summary>
    public Uri Address { get; }

    /// <summary>The address to give to a PackageRepository that fetches over <c>http</c>.</summary>
    public Uri Packages => new(Address, PackagesPath);

    /// <summary>Starts it.</summary>
    /// <param name="port">The loopback port; 0 picks a free one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SampleRepository> StartAsync(int port = 0, CancellationToken cancellationToken = default)
    {
        var charts = SampleChart.All();
        var index = Encoding.UTF8.GetBytes(Index(charts));
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(index))}\"";
        var archives = charts.ToDictionary(c => $"/{c.FileName}", c => c.Archive, StringComparer.Ordinal);
        archives[PackagesPath] = SamplePackages.Archive();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.Run(http => ServeAsync(http, index, tag, archives));
        await app.StartAsync(cancellationToken);
        return new SampleRepository(app);
    }

    /// <summary>Stops it.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task ServeAsync(HttpContext http, byte[] index, string tag, Dictionary<string, byte[]> archives)
    {
        var path = http.Request.Path.Value ?? "";
        if (path == "/index.yaml")
        {
            http.Response.Headers.ETag = tag;
            if (http.Request.Headers.IfNoneMatch == tag)
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            http.Response.ContentType = "text/yaml";
            await http.Response.Body.WriteAsync(index, http.RequestAborted);
        }
        else if (archives.TryGetValue(path, out var archive))
        {
            http.Response.ContentType = "application/gzip";
            await http.Response.Body.WriteAsync(archive, http.RequestAborted);
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static string Index(IReadOnlyList<SampleChart> charts)
    {
        var index = new StringBuilder("apiVersion: v1\nentries:\n");
        foreach (var chart in charts.GroupBy(c => c.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            index.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {chart.Key}:\n");
            foreach (var version in chart)
            {
                var metadata = version.Metadata.TrimEnd().Replace("\n", "\n      ", StringComparison.Ordinal);
                index.Append(System.Globalization.CultureInfo.InvariantCulture, $"    - {metadata}\n      digest: {version.Digest}\n      urls:\n        - {version.FileName}\n      created: \"2026-01-01T00:00:00Z\"\n");
            }
        }

        return index.Append("generated: \"2026-01-01T00:00:00Z\"\n").ToString();
    }
}
