using System.Globalization;

namespace Wego.Sandbox.Protobuf;

/// <summary>The fields of a message by their numbers.</summary>
internal sealed class ProtobufMessage(string name, IReadOnlyDictionary<int, ProtobufField> fields)
{
    public string Name { get; } = name;

    public ProtobufField? Field(int number) => fields.GetValueOrDefault(number);

    /// <summary>
    /// Reads a description such as <c>1 metadata ObjectMeta; 2 data map string; 3 names list string; 4 count int!</c>. The
    /// type is <c>string</c> where none is written; an exclamation mark keeps zero values.
    /// </summary>
    public static ProtobufMessage Parse(string name, string description)
    {
        var fields = new Dictionary<int, ProtobufField>();
        foreach (var line in description.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var type = words.Length > 2 ? words[^1] : "string";
            if (type is "list" or "map")
            {
                type = "string";
            }

            fields.Add(
                int.Parse(words[0], CultureInfo.InvariantCulture),
                new ProtobufField(words[1], type.TrimEnd('!'), words.Contains("list"), words.Contains("map"), type.EndsWith('!')));
        }

        return new ProtobufMessage(name, fields);
    }
}
