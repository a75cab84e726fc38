namespace Wego.Rpc.Rest.Routing;

/// <summary>Finds the binding of a request by its HTTP method and path.</summary>
internal sealed class RestRouter
{
    private readonly Dictionary<string, RouteNode> _methods = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Two bindings match the same paths.</exception>
    public RestRouter(IEnumerable<RestBinding> bindings)
    {
        foreach (var binding in bindings)
        {
            if (!_methods.TryGetValue(binding.HttpMethod, out var root))
            {
                _methods.Add(binding.HttpMethod, root = new RouteNode());
            }

            if (root.Add(binding) is { } same)
            {
                throw new InvalidOperationException(
                    $"{binding.Endpoint} and {same.Endpoint} are both bound to {binding.HttpMethod} {binding.Template.Shape}; give one of them another path.");
            }
        }
    }

    /// <summary>Finds the binding of a path; null where no template of that HTTP method matches.</summary>
    public RestMatch? Find(string httpMethod, RequestPath path) =>
        _methods.TryGetValue(httpMethod, out var root) ? Find(root, path) : null;

    /// <summary>The HTTP methods that are bound at a path, for the header <c>Allow</c>.</summary>
    public IEnumerable<string> AllowedMethods(RequestPath path) =>
        _methods.Where(m => Find(m.Value, path) is not null).Select(m => m.Key).Order(StringComparer.Ordinal);

    private static RestMatch? Find(RouteNode root, RequestPath path)
    {
        if (path.WithoutVerb is ({ } segments, { } verb) && root.Find(segments, verb) is { } withVerb)
        {
            return new RestMatch(withVerb, segments);
        }

        return root.Find(path.Segments, verb: "") is { } binding ? new RestMatch(binding, path.Segments) : null;
    }
}
