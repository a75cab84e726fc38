using Google.Api;
using Google.Protobuf.Reflection;
using Wego.Rpc.Codecs;
using Wego.Rpc.Rest.Binding;
using Wego.Rpc.Rest.Templates;

namespace Wego.Rpc.Rest;

/// <summary>Reads the <c>google.api.http</c> options of methods.</summary>
internal static class RestBindingFactory
{
    /// <summary>Every binding of a method; none where it has no such option.</summary>
    /// <exception cref="InvalidOperationException">The option does not fit the method's messages.</exception>
    public static IEnumerable<RestBinding> Create(RpcEndpoint endpoint)
    {
        if (endpoint.Descriptor.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule)
        {
            return [];
        }

        if (endpoint.Descriptor.IsClientStreaming)
        {
            throw Misfit(endpoint, "its requests are a stream, which REST cannot carry");
        }

        // An additional binding has none of its own: google.api.http allows one level.
        return rule.AdditionalBindings.Prepend(rule).Select(r => Create(endpoint, r));
    }

    private static RestBinding Create(RpcEndpoint endpoint, HttpRule rule)
    {
        var (method, path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            HttpRule.PatternOneofCase.Custom => (rule.Custom.Kind.ToUpperInvariant(), rule.Custom.Path),
            _ => throw Misfit(endpoint, "it names no HTTP method"),
        };
        try
        {
            var template = PathTemplateParser.Parse(path);
            return new RestBinding
            {
                Endpoint = endpoint,
                HttpMethod = method,
                Template = template,
                PathFields = [.. template.Variables.Select(v => new PathField(v, PathField(endpoint, v)))],
                HasMessageBody = rule.Body == RestBinding.WholeMessage,
                BodyField = Field(endpoint, endpoint.Descriptor.InputType, rule.Body is RestBinding.WholeMessage ? "" : rule.Body),
                ResponseField = Field(endpoint, endpoint.Descriptor.OutputType, rule.ResponseBody),
            };
        }
        catch (FormatException e)
        {
            throw Misfit(endpoint, e.Message.TrimEnd('.'));
        }
    }

    private static FieldPath PathField(RpcEndpoint endpoint, TemplateVariable variable)
    {
        var path = FieldPath.Resolve(endpoint.Descriptor.InputType, variable.FieldPath)
            ?? throw Misfit(endpoint, $"{endpoint.Descriptor.InputType.FullName} has no field '{variable.FieldPath}'");
        return path.Field is { IsRepeated: false, FieldType: not FieldType.Message and not FieldType.Group }
            ? path
            : throw Misfit(endpoint, $"the field '{variable.FieldPath}' is no single value and cannot be part of a path");
    }

    private static FieldDescriptor? Field(RpcEndpoint endpoint, MessageDescriptor message, string name) =>
        name.Length == 0 ? null : FieldNames.Find(message, name) ?? throw Misfit(endpoint, $"{message.FullName} has no field '{name}'");

    private static InvalidOperationException Misfit(RpcEndpoint endpoint, string why) =>
        new($"The HTTP binding of {endpoint.Descriptor.FullName} does not fit: {why}.");
}
