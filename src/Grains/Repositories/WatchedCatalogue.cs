using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Wego.Kubernetes;
using Wego.Plugins;

namespace Wego.Grains;

/// <summary>
/// A catalogue out of objects in the cluster, which the directory watches. Made anew when somebody reads it after they have changed,
/// not for each change, and then of the packages that changed alone.
/// </summary>
internal sealed partial class WatchedCatalogue(
    ICatalogueObjects format, RepositoryRef repository, IPackageDirectoryGrain directory, GrainServices services, Func<CatalogueState?, Task> report) : ICatalogueSource
{
    private const int ProblemsShown = 3;
    private readonly CancellationTokenSource _stop = new();
    private Dictionary<string, Entry> _entries = [];
    private Catalogue _catalogue = Catalogue.Empty;
    private Task<Catalogue>? _loading;
    private DateTimeOffset? _loadedAt;
    private DateTimeOffset? _staleSince;
    private string? _warning;

    public CatalogueState State => new(_loadedAt, _catalogue.Packages.Length, _catalogue.VersionCount, Error: null, _warning, _staleSince);

    public string Revision { get; private set; } = "";

    public void Set(KubernetesObject? obj)
    {
        if (obj is null)
        {
            Report(null);
        }
    }

    public async Task<KubernetesObject?> FindImpliedAsync(CancellationToken cancellationToken)
    {
        await GetAsync(cancellationToken);
        return Revision.Length == 0 ? null : ImpliedRepository.ObjectOf(repository.Namespace, repository.Name);
    }

    public Task<Catalogue> GetAsync(CancellationToken cancellationToken) => (_loading ??= LoadAsync()).WaitAsync(cancellationToken);

    public Task RefreshAsync(CancellationToken cancellationToken) => GetAsync(cancellationToken);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task<Catalogue> LoadAsync()
    {
        try
        {
            // Leaves the caller's turn, so that _loading is set before anything can complete.
            await Task.Yield();
            var objects = await directory.GetCatalogueAsync(repository.Namespace, repository.Name, Revision, _stop.Token);
            (_loadedAt, _staleSince) = (services.Time.GetUtcNow(), objects.StaleSince);
            if (objects.Packages is { } packages)
            {
                var before = _entries;
                // Beside the grain, which goes on answering meanwhile.
                (_entries, _catalogue) = await Task.Factory.StartNew(
                    () => Build(packages, before), _stop.Token, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
                (Revision, _warning) = (objects.Revision, WarningOf(_entries.Values));
                Report(State);
            }

            return _catalogue;
        }
        finally
        {
            _loading = null;
        }
    }

    private (Dictionary<string, Entry> Entries, Catalogue Catalogue) Build(ImmutableArray<PackageObjects> packages, Dictionary<string, Entry> before)
    {
        var entries = new Dictionary<string, Entry>(packages.Length, StringComparer.Ordinal);
        foreach (var package in packages)
        {
            entries[package.Name] = before.TryGetValue(package.Name, out var known) && ReferenceEquals(known.Objects, package)
                ? known
                : new Entry(package, format.Build(package, out var problem), problem);
        }

        return (entries, Catalogue.Create(entries.Values.Select(e => e.Package).OfType<CataloguePackage>()));
    }

    private static string? WarningOf(IEnumerable<Entry> entries)
    {
        var problems = entries.Select(e => e.Problem).OfType<string>().Order(StringComparer.Ordinal).ToArray();
        return problems.Length == 0 ? null : string.Create(
            CultureInfo.InvariantCulture, $"{problems.Length} packages are incomplete; first: {string.Join("; ", problems.Take(ProblemsShown))}");
    }

    private void Report(CatalogueState? state) => _ = ReportAsync(state);

    private async Task ReportAsync(CatalogueState? state)
    {
        try
        {
            await report(state);
        }
        catch (Exception e)
        {
            LogLost(services.Logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The state of a catalogue could not be told to the directory.")]
    private static partial void LogLost(ILogger logger, Exception exception);

    private sealed record Entry(PackageObjects Objects, CataloguePackage? Package, string? Problem);
}
