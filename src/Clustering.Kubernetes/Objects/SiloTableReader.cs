using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Wego.Clustering;

/// <summary>Reads a table strictly: a row that is guessed at could bring a dead silo back. Fields that it does not know are left alone.</summary>
internal static class SiloTableReader
{
    /// <exception cref="FormatException">Something is missing or wrong; the message names it.</exception>
    public static SiloTable Read(JsonElement content, string field, string etag)
    {
        if (content.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{field} must be an object.");
        }

        var version = Number(content, "version", field, 0, int.MaxValue);
        var rows = Items(content, "silos", field, ReadRow);
        if (rows.Select(r => r.Key).Distinct().Count() != rows.Length)
        {
            throw new FormatException($"{field}.silos has a silo twice.");
        }

        return new SiloTable(version, rows, etag);
    }

    private static SiloRow ReadRow(JsonElement json, string field) => new()
    {
        Key = ReadKey(json, field),
        State = State(json, field),
        Name = Text(json, "name", field),
        HostName = Text(json, "hostName", field),
        GatewayPort = Number(json, "gatewayPort", field, 0, IPEndPoint.MaxPort),
        StartedAt = Time(json, "startedAt", field),
        AliveAt = Time(json, "aliveAt", field),
        Suspicions = json.TryGetProperty("suspicions", out _) ? Items(json, "suspicions", field, ReadSuspicion) : [],
    };

    private static SiloSuspicion ReadSuspicion(JsonElement json, string field) => new(ReadKey(json, field), Time(json, "at", field));

    private static SiloKey ReadKey(JsonElement json, string field) => new(
        IPAddress.TryParse(Text(json, "address", field), out var address) ? address : throw new FormatException($"{field}.address must be an IP address."),
        Number(json, "port", field, 0, IPEndPoint.MaxPort),
        Number(json, "generation", field, int.MinValue, int.MaxValue));

    private static ImmutableArray<T> Items<T>(JsonElement json, string name, string field, Func<JsonElement, string, T> read)
    {
        if (!json.TryGetProperty(name, out var items) || items.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{field}.{name} must be a list.");
        }

        return [.. items.EnumerateArray().Select((item, i) =>
        {
            var path = $"{field}.{name}[{i}]";
            return item.ValueKind == JsonValueKind.Object ? read(item, path) : throw new FormatException($"{path} must be an object.");
        })];
    }

    private static SiloState State(JsonElement json, string field)
    {
        var text = Text(json, "state", field);
        return Enum.GetValues<SiloState>().Cast<SiloState?>().FirstOrDefault(s => s!.Value.ToString() == text)
            ?? throw new FormatException($"{field}.state must be one of {string.Join(", ", Enum.GetNames<SiloState>())}.");
    }

    private static DateTimeOffset Time(JsonElement json, string name, string field) =>
        DateTimeOffset.TryParse(Text(json, name, field), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new FormatException($"{field}.{name} must be a time as in RFC 3339.");

    private static string Text(JsonElement json, string name, string field) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"{field}.{name} must be a text.");

    private static int Number(JsonElement json, string name, string field, int least, int most) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{field}.{name} must be a whole number from {least} to {most}.");
}
