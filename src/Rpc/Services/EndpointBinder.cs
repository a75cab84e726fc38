using System.Reflection;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Services;

/// <summary>Finds the method of a class that answers an RPC and makes a delegate of it, once, so that no call needs reflection.</summary>
internal static class EndpointBinder
{
    /// <exception cref="InvalidOperationException">The class has a method of that name with another signature.</exception>
    public static RpcEndpoint Bind(MethodDescriptor descriptor, object service)
    {
        var type = service.GetType();
        var candidates = type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(m => string.Equals(m.Name, descriptor.Name, StringComparison.Ordinal))
            .ToArray();
        if (candidates.Length == 0)
        {
            return new UnimplementedEndpoint(descriptor);
        }

        var request = descriptor.InputType.ClrType;
        var response = descriptor.OutputType.ClrType;
        var parameter = descriptor.IsClientStreaming ? typeof(IAsyncEnumerable<>).MakeGenericType(request) : request;
        var result = (descriptor.IsServerStreaming ? typeof(IAsyncEnumerable<>) : typeof(Task<>)).MakeGenericType(response);
        if (candidates is not [{ IsGenericMethodDefinition: false } method]
            || method.ReturnType != result
            || !method.GetParameters().Select(p => p.ParameterType).SequenceEqual([parameter, typeof(RpcContext)]))
        {
            throw new InvalidOperationException(
                $"{type.FullName}.{descriptor.Name} does not fit the RPC {descriptor.FullName}. "
                + $"Expected exactly one method of that name: public {Name(result)} {descriptor.Name}({Name(parameter)} request, RpcContext context).");
        }

        var endpoint = (descriptor.IsClientStreaming, descriptor.IsServerStreaming) switch
        {
            (false, false) => typeof(UnaryEndpoint<,>),
            (false, true) => typeof(ServerStreamingEndpoint<,>),
            (true, false) => typeof(ClientStreamingEndpoint<,>),
            (true, true) => typeof(BidiStreamingEndpoint<,>),
        };
        var handler = method.CreateDelegate(typeof(Func<,,>).MakeGenericType(parameter, typeof(RpcContext), result), service);
        return (RpcEndpoint)Activator.CreateInstance(endpoint.MakeGenericType(request, response), descriptor, handler)!;
    }

    private static string Name(System.Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{Name(type.GetGenericArguments()[0])}>"
        : type.Name;
}
