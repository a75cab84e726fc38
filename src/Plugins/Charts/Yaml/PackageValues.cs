using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Wego.Plugins.Charts;

/// <summary>Reads the values of a request: one YAML or JSON document that is a mapping.</summary>
public static class PackageValues
{
    private const string Field = "values";

    // An object must fit into a request to etcd; what is larger cannot be stored anyway.
    private const int MaxCharacters = 1_500_000;

    /// <summary>The values, or null where there are none.</summary>
    /// <exception cref="PackageException"><see cref="PackageErrorCode.InvalidArgument"/> naming the field and the place.</exception>
    public static JsonObject? Parse(string text)
    {
        if (text.Length > MaxCharacters)
        {
            throw PackageException.InvalidField(Field, $"{text.Length} characters are too many; at most {MaxCharacters} fit into a release.");
        }

        List<JsonNode?> documents;
        try
        {
            documents = [.. YamlJson.ReadDocuments(text)];
        }
        catch (YamlException e)
        {
            throw PackageException.InvalidField(Field, $"not YAML or JSON at line {e.Start.Line}, column {e.Start.Column}: {e.Message}");
        }

        if (documents.Skip(1).Any(d => d is not null))
        {
            throw PackageException.InvalidField(Field, "more than one YAML document; put all values into one.");
        }

        return documents.FirstOrDefault() switch
        {
            null => null,
            JsonObject values => values,
            _ => throw PackageException.InvalidField(Field, "not a mapping; write names and values, for example 'replicaCount: 2'."),
        };
    }
}
