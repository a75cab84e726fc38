using System.Globalization;
using System.Text.Json.Nodes;

namespace Wego.Clustering;

/// <summary>Writes a table as JSON.</summary>
internal static class SiloTableWriter
{
    public static JsonObject Write(SiloTable table) => new()
    {
        ["version"] = table.Version,
        // For people: kubectl shows one value in a column, never a list.
        ["active"] = table.Rows.Count(r => r.State == SiloState.Active),
        ["silos"] = new JsonArray([.. table.Rows.Select(WriteRow)]),
    };

    /// <summary>A time to the tick, so that what was read equals what was written.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static JsonObject WriteRow(SiloRow row)
    {
        var json = WriteKey(row.Key);
        json["state"] = row.State.ToString();
        json["name"] = row.Name;
        json["hostName"] = row.HostName;
        json["gatewayPort"] = row.GatewayPort;
        json["startedAt"] = Text(row.StartedAt);
        json["aliveAt"] = Text(row.AliveAt);
        if (!row.Suspicions.IsEmpty)
        {
            json["suspicions"] = new JsonArray([.. row.Suspicions.Select(WriteSuspicion)]);
        }

        return json;
    }

    private static JsonObject WriteSuspicion(SiloSuspicion suspicion)
    {
        var json = WriteKey(suspicion.By);
        json["at"] = Text(suspicion.At);
        return json;
    }

    private static JsonObject WriteKey(SiloKey key) => new()
    {
        ["address"] = key.Address.ToString(),
        ["port"] = key.Port,
        ["generation"] = key.Generation,
    };
}
