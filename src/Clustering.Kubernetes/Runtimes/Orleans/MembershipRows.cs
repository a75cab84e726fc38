using Orleans.Runtime;

namespace Wego.Clustering;

/// <summary>Rows as Orleans has them.</summary>
internal static class MembershipRows
{
    public static SiloKey ToKey(this SiloAddress address) => new(address.Endpoint.Address, address.Endpoint.Port, address.Generation);

    public static SiloAddress ToAddress(this SiloKey key) => SiloAddress.New(key.Address, key.Port, key.Generation);

    public static SiloRow ToRow(this MembershipEntry entry) => new()
    {
        Key = entry.SiloAddress.ToKey(),
        State = entry.Status switch
        {
            SiloStatus.Created or SiloStatus.None => SiloState.Created,
            SiloStatus.Joining => SiloState.Joining,
            SiloStatus.Active => SiloState.Active,
            SiloStatus.ShuttingDown => SiloState.ShuttingDown,
            SiloStatus.Stopping => SiloState.Stopping,
            SiloStatus.Dead => SiloState.Dead,
            _ => throw new ArgumentException($"{entry.Status} is no state that a silo is stored in.", nameof(entry)),
        },
        Name = entry.SiloName ?? "",
        HostName = entry.HostName ?? "",
        GatewayPort = entry.ProxyPort,
        StartedAt = Utc(entry.StartTime),
        AliveAt = Utc(entry.IAmAliveTime),
        Suspicions = entry.SuspectTimes is { } votes ? [.. votes.Select(v => new SiloSuspicion(v.Item1.ToKey(), Utc(v.Item2)))] : [],
    };

    public static MembershipEntry ToEntry(this SiloRow row) => new()
    {
        SiloAddress = row.Key.ToAddress(),
        Status = row.State switch
        {
            SiloState.Created => SiloStatus.Created,
            SiloState.Joining => SiloStatus.Joining,
            SiloState.Active => SiloStatus.Active,
            SiloState.ShuttingDown => SiloStatus.ShuttingDown,
            SiloState.Stopping => SiloStatus.Stopping,
            _ => SiloStatus.Dead,
        },
        SiloName = row.Name,
        HostName = row.HostName,
        ProxyPort = row.GatewayPort,
        StartTime = row.StartedAt.UtcDateTime,
        IAmAliveTime = row.AliveAt.UtcDateTime,
        SuspectTimes = [.. row.Suspicions.Select(s => Tuple.Create(s.By.ToAddress(), s.At.UtcDateTime))],
    };

    /// <summary>The table as Orleans has it: every row under the etag of the whole.</summary>
    public static MembershipTableData ToData(this SiloTable table, Func<SiloRow, bool>? which = null) => new(
        [.. table.Rows.Where(which ?? (_ => true)).Select(r => Tuple.Create(r.ToEntry(), table.Etag))],
        new TableVersion(table.Version, table.Etag));

    // Orleans means UTC whether or not the value says so.
    public static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
