using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wego.Plugins.Secrets;

/// <summary>The credentials of one registry as <c>.dockerconfigjson</c> holds them.</summary>
public static class DockerConfigSecret
{
    /// <summary>The first registry's credentials; null where there are none.</summary>
    public static DockerCredentials? Read(string json)
    {
        try
        {
            using var config = JsonDocument.Parse(json);
            var auths = config.RootElement.Child("auths");
            var entry = auths.ValueKind == JsonValueKind.Object ? auths.EnumerateObject().FirstOrDefault() : default;
            return entry.Value.ValueKind == JsonValueKind.Object ? Read(entry.Name, entry.Value) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The configuration with this login alone.</summary>
    public static string Write(DockerCredentials credentials)
    {
        var entry = new JsonObject { ["username"] = credentials.Username, ["password"] = credentials.Password };
        if (credentials.Email.Length > 0)
        {
            entry["email"] = credentials.Email;
        }

        entry["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Username}:{credentials.Password}"));
        return new JsonObject { ["auths"] = new JsonObject { [credentials.Server] = entry } }.ToJsonString();
    }

    private static DockerCredentials Read(string server, JsonElement entry)
    {
        var (username, password) = (entry.Text("username"), entry.Text("password"));
        var encoded = entry.Text("auth");
        var bytes = new byte[encoded.Length];
        if (username.Length == 0 && Convert.TryFromBase64String(encoded, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var name, var secret])
        {
            (username, password) = (name, secret);
        }

        return new DockerCredentials(server, username, password, entry.Text("email"));
    }
}
