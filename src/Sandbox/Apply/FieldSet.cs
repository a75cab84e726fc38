using System.Text.Json.Nodes;

namespace Wego.Sandbox.Apply;

/// <summary>
/// A set of field paths as a tree, in the notation of <c>FieldsV1</c>: <c>f:name</c> for a field, <c>k:{…}</c> for a list
/// item by its keys, <c>v:…</c> for a value of a set, and <c>.</c> for the node itself.
/// </summary>
internal sealed class FieldSet
{
    private const string Self = ".";

    public SortedDictionary<string, FieldSet> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the node itself is in the set, not only what is below it.</summary>
    public bool IsMember { get; set; }

    public bool IsEmpty => !IsMember && Children.Values.All(c => c.IsEmpty);

    public FieldSet Child(string element)
    {
        if (!Children.TryGetValue(element, out var child))
        {
            Children.Add(element, child = new FieldSet());
        }

        return child;
    }

    public FieldSet? Find(string element) => Children.GetValueOrDefault(element);

    public FieldSet Union(FieldSet other) => Combine(this, other, (a, b) => a || b);

    public FieldSet Intersection(FieldSet other) => Combine(this, other, (a, b) => a && b);

    public FieldSet Difference(FieldSet other) => Combine(this, other, (a, b) => a && !b);

    public bool SetEquals(FieldSet other) => Difference(other).IsEmpty && other.Difference(this).IsEmpty;

    /// <summary>The paths of all members, in the notation of error messages.</summary>
    public IEnumerable<string> Paths() => Paths("");

    public JsonObject ToFieldsV1()
    {
        var json = new JsonObject();
        if (IsMember && Children.Values.Any(c => !c.IsEmpty))
        {
            json[Self] = new JsonObject();
        }

        foreach (var (element, child) in Children)
        {
            if (!child.IsEmpty)
            {
                json[element] = child.ToFieldsV1();
            }
        }

        return json;
    }

    public static FieldSet FromFieldsV1(JsonObject? fields)
    {
        var set = new FieldSet();
        foreach (var (element, below) in fields ?? [])
        {
            if (element is Self)
            {
                set.IsMember = true;
            }
            else
            {
                var child = FromFieldsV1(below as JsonObject);
                child.IsMember |= child.Children.Count == 0;
                set.Children[element] = child;
            }
        }

        return set;
    }

    private static FieldSet Combine(FieldSet? a, FieldSet? b, Func<bool, bool, bool> rule)
    {
        var result = new FieldSet { IsMember = rule(a?.IsMember ?? false, b?.IsMember ?? false) };
        foreach (var element in (a?.Children.Keys ?? Enumerable.Empty<string>()).Union(b?.Children.Keys ?? Enumerable.Empty<string>(), StringComparer.Ordinal))
        {
            var child = Combine(a?.Find(element), b?.Find(element), rule);
            if (!child.IsEmpty)
            {
                result.Children[element] = child;
            }
        }

        return result;
    }

    private IEnumerable<string> Paths(string prefix)
    {
        if (IsMember)
        {
            yield return prefix;
        }

        foreach (var (element, child) in Children)
        {
            foreach (var path in child.Paths(prefix + PathElement.Describe(element)))
            {
                yield return path;
            }
        }
    }
}
