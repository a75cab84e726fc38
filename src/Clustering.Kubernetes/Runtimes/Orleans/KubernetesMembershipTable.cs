using Orleans.Runtime;

namespace Wego.Clustering;

/// <summary>The members of the cluster in one Kubernetes object.</summary>
internal sealed class KubernetesMembershipTable(SiloTableStore store) : IMembershipTable
{
    public Task InitializeMembershipTable(bool tryInitTableVersion) => tryInitTableVersion ? store.InitializeAsync(CancellationToken.None) : Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId) => store.ClearAsync(CancellationToken.None);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => store.CleanAsync(beforeDate, CancellationToken.None);

    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        var wanted = key.ToKey();
        return (await store.ReadAsync(CancellationToken.None)).ToData(row => row.Key == wanted);
    }

    public async Task<MembershipTableData> ReadAll() => (await store.ReadAsync(CancellationToken.None)).ToData();

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        store.TryInsertAsync(entry.ToRow(), tableVersion.Version, tableVersion.VersionEtag, CancellationToken.None);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        etag == tableVersion.VersionEtag
            ? store.TryUpdateAsync(entry.ToRow(), tableVersion.Version, etag, CancellationToken.None)
            : Task.FromResult(false);

    public Task UpdateIAmAlive(MembershipEntry entry) =>
        store.TouchAsync(entry.SiloAddress.ToKey(), MembershipRows.Utc(entry.IAmAliveTime), CancellationToken.None);
}
