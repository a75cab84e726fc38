using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Wego.Rpc.Rest.Routing;

namespace Wego.Rpc.Rest.Binding;

/// <summary>Fills a request message from a query and a path.</summary>
internal static class RequestBinder
{
    /// <summary>Fills every field that the query names. Parameters that name no field are ignored, as are those that belong to the body.</summary>
    /// <exception cref="RpcException"><see cref="RpcStatusCode.InvalidArgument"/>, naming the parameter.</exception>
    public static void BindQuery(RestBinding binding, string query, IMessage request, JsonParser json)
    {
        if (binding.HasMessageBody || query.Length <= 1)
        {
            return;
        }

        var assigned = new HashSet<string>(StringComparer.Ordinal);
        (string Name, string EncodedValue)[] parameters = [];
        Naming("query", () => parameters = [.. QueryParameters.Parse(query)]);
        foreach (var (name, value) in parameters)
        {
            Naming(name, () => BindParameter(binding, name, QueryParameters.Decode(value), request, json, assigned));
        }
    }

    /// <summary>Fills the fields that the path holds, over whatever body and query said.</summary>
    /// <exception cref="RpcException"><see cref="RpcStatusCode.InvalidArgument"/>, naming the field.</exception>
    public static void BindPath(RestMatch match, IMessage request, JsonParser json)
    {
        foreach (var (variable, path) in match.Binding.PathFields)
        {
            Naming(variable.FieldPath, () =>
            {
                var value = FieldText.Parse(path.Field, match.Binding.Template.Capture(variable, match.Segments), json);
                path.Field.Accessor.SetValue(path.Owner(request), value);
            });
        }
    }

    private static void BindParameter(
        RestBinding binding, string name, string value, IMessage request, JsonParser json, HashSet<string> assigned)
    {
        var (pathText, key) = SplitKey(name);
        if (FieldPath.Resolve(binding.Input, pathText) is not { } path || path.First == binding.BodyField)
        {
            return;
        }

        var owner = path.Owner(request);
        var field = path.Field;
        if (key is not null)
        {
            BindMapEntry(owner, field, key, value, json);
        }
        else if (field.IsMap)
        {
            throw new FormatException($"it is a map; give each entry as '{pathText}[key]=value'");
        }
        else if (field.IsRepeated)
        {
            ((IList)field.Accessor.GetValue(owner)).Add(FieldText.Parse(field, value, json));
        }
        else
        {
            var parsed = FieldText.Parse(field, value, json);
            if (!assigned.Add(path.ToString()))
            {
                throw new FormatException("it is given more than once");
            }

            if (field.RealContainingOneof is { } oneof && !assigned.Add($"{path.OwnerName}/{oneof.Name}"))
            {
                throw new FormatException($"another field of '{oneof.Name}' is given, and only one can be");
            }

            field.Accessor.SetValue(owner, parsed);
        }
    }

    private static void BindMapEntry(IMessage owner, FieldDescriptor field, string key, string value, JsonParser json)
    {
        if (!field.IsMap)
        {
            throw new FormatException("it is not a map and takes no key in brackets");
        }

        var map = (IDictionary)field.Accessor.GetValue(owner);
        map[FieldText.Parse(field.MessageType.FindFieldByNumber(1), key, json)] = FieldText.Parse(field.MessageType.FindFieldByNumber(2), value, json);
    }

    /// <summary>Splits <c>labels[key]</c>.</summary>
    private static (string Path, string? Key) SplitKey(string name)
    {
        var bracket = name.EndsWith(']') ? name.IndexOf('[', StringComparison.Ordinal) : -1;
        return bracket < 0 ? (name, null) : (name[..bracket], name[(bracket + 1)..^1]);
    }

    private static void Naming(string field, Action bind)
    {
        try
        {
            bind();
        }
        catch (FormatException e)
        {
            throw new RpcException(RpcStatusCode.InvalidArgument, $"{field}: {e.Message}.", innerException: e);
        }
    }
}
