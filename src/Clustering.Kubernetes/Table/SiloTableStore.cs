using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Wego.Kubernetes;

namespace Wego.Clustering;

/// <summary>
/// The members of a cluster in one Kubernetes object. Its <c>metadata.resourceVersion</c> is the etag of everything in it, so that every
/// change, of a row and of the version together, is one compare-and-swap. Throws <see cref="KubernetesException"/> where the API server
/// does not answer, and <see cref="SiloTableException"/> where the object is damaged: neither is ever taken for an empty cluster.
/// </summary>
public sealed class SiloTableStore(IKubernetesClients clients, IOptions<SiloTableOptions> options, TimeProvider clock)
{
    // Whoever loses a race has been overtaken by somebody who won it, so this many in a row are far more than silos there are.
    private const int MaxAttempts = 50;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly SiloTableDocument _document = SiloTableDocument.Of(options.Value.Kind);
    private readonly string _namespace = options.Value.Namespace;
    private readonly string _name = options.Value.Name;

    // The first use may come before the host has started, when the client cannot be made yet.
    private IKubernetesClient Client => clients.Get(clients.DefaultClusterName);

    /// <summary>Creates the object where there is none.</summary>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is null)
        {
            // Where another silo was first, there is nothing to do.
            await TryCreateAsync(new SiloTable(0, [], ""), cancellationToken);
        }
    }

    /// <summary>Reads version and rows as they were at one moment.</summary>
    public async Task<SiloTable> ReadAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is { } obj ? _document.Read(obj) : new SiloTable(0, [], "");

    /// <summary>Adds a row and sets the version, both or neither.</summary>
    /// <returns>Whether that was done; false where the table is no longer as of <paramref name="etag"/> or has the row already.</returns>
    public Task<bool> TryInsertAsync(SiloRow row, int version, string etag, CancellationToken cancellationToken) => TryChangeAsync(
        etag,
        table => table.Find(row.Key) is null ? table with { Version = version, Rows = table.Rows.Add(row) } : null,
        cancellationToken);

    /// <summary>Replaces a row and sets the version, both or neither.</summary>
    /// <returns>Whether that was done; false where the table is no longer as of <paramref name="etag"/> or does not have the row.</returns>
    public Task<bool> TryUpdateAsync(SiloRow row, int version, string etag, CancellationToken cancellationToken) => TryChangeAsync(
        etag,
        table => table.Find(row.Key) is { } old ? table with { Version = version, Rows = table.Rows.Replace(old, row) } : null,
        cancellationToken);

    /// <summary>Notes that a silo lives; changes nothing else. A silo without a row is left without.</summary>
    public Task TouchAsync(SiloKey silo, DateTimeOffset aliveAt, CancellationToken cancellationToken) => ChangeAsync(
        table => table.Find(silo) is { } row && row.AliveAt != aliveAt ? table with { Rows = table.Rows.Replace(row, row with { AliveAt = aliveAt }) } : table,
        cancellationToken);

    /// <summary>Forgets the silos that are no members and have not been heard of since.</summary>
    public Task CleanAsync(DateTimeOffset before, CancellationToken cancellationToken) => ChangeAsync(
        table => table with { Rows = table.Rows.RemoveAll(r => r.IsDefunctSince(before)) },
        cancellationToken);

    /// <summary>Forgets all silos. The object stays, so that no right to delete is needed.</summary>
    public Task ClearAsync(CancellationToken cancellationToken) => ChangeAsync(table => table with { Version = 0, Rows = [] }, cancellationToken);

    /// <summary>Changes what was read as of an etag, unless it has changed since or the change is refused with null.</summary>
    private async Task<bool> TryChangeAsync(string etag, Func<SiloTable, SiloTable?> change, CancellationToken cancellationToken)
    {
        // Read anew: labels and fields that others keep in the object stay.
        var obj = await FindAsync(cancellationToken);
        var table = obj is null ? new SiloTable(0, [], "") : _document.Read(obj);
        return table.Etag == etag && change(table) is { } changed && await TryWriteAsync(obj, changed, cancellationToken);
    }

    /// <summary>Changes what is there, whatever it is.</summary>
    private async Task ChangeAsync(Func<SiloTable, SiloTable> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(cancellationToken) is not { } obj)
            {
                return;
            }

            var table = _document.Read(obj);
            var changed = change(table);
            if ((changed.Version == table.Version && changed.Rows.SequenceEqual(table.Rows)) || await TryWriteAsync(obj, changed, cancellationToken))
            {
                return;
            }

            if (attempt == MaxAttempts)
            {
                throw new KubernetesException(KubernetesFailure.Conflict, $"{_document.Describe(_namespace, _name)} was changed by others {MaxAttempts} times in a row.");
            }

            await Task.Delay(s_pause * (1 + Random.Shared.NextDouble()), clock, cancellationToken);
        }
    }

    private async Task<bool> TryWriteAsync(KubernetesObject? obj, SiloTable table, CancellationToken cancellationToken)
    {
        if (obj is null)
        {
            return await TryCreateAsync(table, cancellationToken);
        }

        try
        {
            await Client.ReplaceAsync(KubernetesIdentity.Service, _document.Resource, _namespace, _name, _document.Write(obj.ToJsonObject(), table), new WriteOptions(), cancellationToken);
            return true;
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.Conflict or KubernetesFailure.NotFound)
        {
            return false;
        }
    }

    private async Task<bool> TryCreateAsync(SiloTable table, CancellationToken cancellationToken)
    {
        var manifest = new JsonObject
        {
            ["apiVersion"] = _document.Resource.ApiVersion,
            ["kind"] = _document.Kind,
            ["metadata"] = new JsonObject { ["name"] = _name, ["namespace"] = _namespace, ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "wego" } },
        };
        try
        {
            await Client.CreateAsync(KubernetesIdentity.Service, _document.Resource, _namespace, _document.Write(manifest, table), new WriteOptions(), cancellationToken);
            return true;
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.AlreadyExists)
        {
            return false;
        }
        catch (KubernetesException e) when (e.Failure is KubernetesFailure.NotFound)
        {
            throw new SiloTableException(_document.Missing(_namespace), e);
        }
    }

    private Task<KubernetesObject?> FindAsync(CancellationToken cancellationToken) =>
        Client.FindAsync(KubernetesIdentity.Service, _document.Resource, _namespace, _name, cancellationToken);
}
