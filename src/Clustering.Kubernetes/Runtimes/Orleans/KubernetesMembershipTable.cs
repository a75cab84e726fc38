using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Wego.Kubernetes;

namespace Wego.Clustering;

/// <summary>The members of the cluster in one Kubernetes object.</summary>
internal sealed partial class KubernetesMembershipTable(SiloTableStore store, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<KubernetesMembershipTable> logger)
    : IMembershipTable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    /// <summary>The first thing that a silo wants of the API server: one that does not answer yet is waited for, until the process is told to end.</summary>
    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        var pauses = new Backoff(s_firstPause, s_longestPause);
        while (tryInitTableVersion)
        {
            try
            {
                await store.InitializeAsync(lifetime.ApplicationStopping);
                return;
            }
            catch (KubernetesException e) when (e.IsUnanswered)
            {
                LogWaiting(e.Message);
            }

            await Task.Delay(pauses.Next(), time, lifetime.ApplicationStopping);
        }
    }

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "No member of the cluster before the API server has answered: {Reason}")]
    private partial void LogWaiting(string reason);
}
