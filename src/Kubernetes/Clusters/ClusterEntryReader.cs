using System.Text.Json;

namespace Wego.Kubernetes;

/// <summary>
/// Reads a clusters file: a JSON array of objects, as kubeapps-apis takes it. Names are matched without regard to case and unknown ones are
/// passed over, as there. A message never quotes a value: it might be a token.
/// </summary>
internal static class ClusterEntryReader
{
    public static IReadOnlyList<ClusterEntry> Read(string path)
    {
        var where = $"Clusters file {path}";
        using var document = Parse(PemFiles.ReadText(path, "Clusters file"), where);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new ClusterConfigurationException($"{where} is not a JSON array of clusters.");
        }

        return [.. document.RootElement.EnumerateArray().Select((element, index) => Entry(element, $"{where}, entry {index}"))];
    }

    private static JsonDocument Parse(string text, string where)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            // The parser's own message may quote the text: only the place is told.
            throw new ClusterConfigurationException($"{where} is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static ClusterEntry Entry(JsonElement element, string where)
    {
        RequireObject(element, where);
        var entry = new ClusterEntry { Origin = where };
        foreach (var property in element.EnumerateObject())
        {
            var (field, value) = ($"{where}: {property.Name}", property.Value);
            switch (property.Name.ToUpperInvariant())
            {
                case "NAME":
                    entry.Name = Text(value, field);
                    break;
                case "APISERVICEURL":
                    entry.ApiServiceURL = Text(value, field);
                    break;
                case "CERTIFICATEAUTHORITYDATA":
                    entry.CertificateAuthorityData = Text(value, field);
                    break;
                case "SERVICETOKEN":
                    entry.ServiceToken = Text(value, field);
                    break;
                case "INSECURE":
                    entry.Insecure = Flag(value, field);
                    break;
                case "ISKUBEAPPSCLUSTER":
                    entry.IsKubeappsCluster = Flag(value, field);
                    break;
                case "PINNIPEDCONFIG" when value.ValueKind != JsonValueKind.Null:
                    entry.PinnipedConfig = Pinniped(value, field);
                    break;
            }
        }

        return entry;
    }

    private static PinnipedEntry Pinniped(JsonElement element, string where)
    {
        RequireObject(element, where);
        var pinniped = new PinnipedEntry();
        foreach (var property in element.EnumerateObject())
        {
            switch (property.Name.ToUpperInvariant())
            {
                case "ENABLED":
                    pinniped.Enabled = Flag(property.Value, $"{where}.{property.Name}");
                    break;
                case "ENABLE":
                    pinniped.Enable = Flag(property.Value, $"{where}.{property.Name}");
                    break;
            }
        }

        return pinniped;
    }

    private static void RequireObject(JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ClusterConfigurationException($"{where} is not a JSON object.");
        }
    }

    private static string Text(JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => throw new ClusterConfigurationException($"{field} is not a string."),
    };

    private static bool Flag(JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw new ClusterConfigurationException($"{field} is neither true nor false."),
    };
}
