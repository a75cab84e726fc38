using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Wego.Plugins.Charts;

/// <summary>Composes one YAML document into JSON nodes.</summary>
internal sealed class YamlJsonComposer(IParser parser, int maxDepth, int maxNodes)
{
    private const string MergeKey = "<<";

    private readonly Dictionary<AnchorName, JsonNode?> _anchors = [];
    private int _nodes;

    public JsonNode? Compose() => Compose(depth: 0);

    private JsonNode? Compose(int depth)
    {
        Count(1, depth, parser.Current!);
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Expand(alias);
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return Anchor(scalar, YamlScalar.Resolve(scalar));
        }

        return parser.Accept<SequenceStart>(out _) ? ComposeSequence(depth) : ComposeMapping(depth);
    }

    private JsonArray ComposeSequence(int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var array = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            array.Add(Compose(depth + 1));
        }

        return Anchor(start, array);
    }

    private JsonObject ComposeMapping(int depth)
    {
        var start = parser.Consume<MappingStart>();
        var (own, merged) = (new JsonObject(), new JsonObject());
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                throw Error(parser.Current!, "a mapping key must be a scalar");
            }

            var value = Compose(depth + 1);
            if (key is { Value: MergeKey, Style: ScalarStyle.Plain })
            {
                Merge(merged, value, key);
            }
            else
            {
                // As in Helm, the last of equal keys counts.
                own[key.Value] = value;
            }
        }

        foreach (var (key, value) in merged.ToArray().Where(pair => !own.ContainsKey(pair.Key)))
        {
            merged.Remove(key);
            own[key] = value;
        }

        return Anchor(start, own);
    }

    private static void Merge(JsonObject target, JsonNode? source, ParsingEvent at)
    {
        switch (source)
        {
            case JsonObject mapping:
                // Of several merged mappings the first that has a key counts.
                foreach (var (key, value) in mapping.Where(pair => !target.ContainsKey(pair.Key)))
                {
                    target[key] = value?.DeepClone();
                }

                break;
            case JsonArray mappings when mappings.All(m => m is JsonObject):
                foreach (var mapping in mappings)
                {
                    Merge(target, mapping, at);
                }

                break;
            default:
                throw Error(at, "the merge key << needs a mapping or a list of mappings");
        }
    }

    private JsonNode? Expand(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var target))
        {
            throw Error(alias, $"the anchor {alias.Value} is not known here");
        }

        Count(Size(target), 0, alias);
        return target?.DeepClone();
    }

    private T Anchor<T>(NodeEvent node, T value)
        where T : JsonNode?
    {
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = value;
        }

        return value;
    }

    private void Count(int nodes, int depth, ParsingEvent at)
    {
        if ((_nodes += nodes) > maxNodes)
        {
            throw Error(at, $"more than {maxNodes} nodes");
        }

        if (depth > maxDepth)
        {
            throw Error(at, $"nested more than {maxDepth} levels deep");
        }
    }

    private static int Size(JsonNode? node) => node switch
    {
        JsonObject mapping => 1 + mapping.Sum(pair => Size(pair.Value)),
        JsonArray array => 1 + array.Sum(Size),
        _ => 1,
    };

    private static YamlException Error(ParsingEvent at, string message) => new(at.Start, at.End, message);
}
