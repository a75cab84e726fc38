using Wego.Rpc.Rest.Templates;

namespace Wego.Rpc.Rest.Routing;

/// <summary>What may follow one place in a path: a node of the trie of all templates of one HTTP method.</summary>
internal sealed class RouteNode
{
    private readonly Dictionary<string, RouteNode> _literals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RestBinding> _ends = new(StringComparer.Ordinal);
    private readonly List<RouteTail> _tails = [];
    private RouteNode? _any;

    /// <summary>Adds what remains of a binding's template.</summary>
    /// <returns>The binding that already has the same template, or null.</returns>
    public RestBinding? Add(RestBinding binding, int at = 0)
    {
        var template = binding.Template;
        if (at == template.Segments.Count)
        {
            return _ends.TryAdd(template.Verb, binding) ? null : _ends[template.Verb];
        }

        var segment = template.Segments[at];
        switch (segment.Kind)
        {
            case TemplateSegmentKind.Literal:
                if (!_literals.TryGetValue(segment.Text, out var child))
                {
                    _literals.Add(segment.Text, child = new RouteNode());
                }

                return child.Add(binding, at + 1);
            case TemplateSegmentKind.Any:
                return (_any ??= new RouteNode()).Add(binding, at + 1);
            default:
                return AddTail(new RouteTail(binding, [.. template.Segments.Skip(at + 1)]));
        }
    }

    /// <summary>Finds the binding of a path: a literal is preferred to <c>*</c>, that to <c>**</c>, and of several <c>**</c> the one that more segments follow.</summary>
    /// <param name="path">The remaining segments, encoded.</param>
    /// <param name="verb">What follows the last colon, if the path is to be read so; else empty.</param>
    public RestBinding? Find(ReadOnlySpan<string> path, string verb)
    {
        if (path.IsEmpty)
        {
            return _ends.GetValueOrDefault(verb);
        }

        if (_literals.TryGetValue(path[0], out var child) && child.Find(path[1..], verb) is { } literal)
        {
            return literal;
        }

        if (_any?.Find(path[1..], verb) is { } any)
        {
            return any;
        }

        foreach (var tail in _tails)
        {
            if (tail.Matches(path, verb))
            {
                return tail.Binding;
            }
        }

        return null;
    }

    private RestBinding? AddTail(RouteTail tail)
    {
        if (_tails.Find(t => t.Suffix.SequenceEqual(tail.Suffix) && t.Binding.Template.Verb == tail.Binding.Template.Verb) is { } same)
        {
            return same.Binding;
        }

        _tails.Add(tail);
        _tails.Sort((a, b) => b.Specificity.CompareTo(a.Specificity));
        return null;
    }
}
