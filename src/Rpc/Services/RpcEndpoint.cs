using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Wego.Rpc;

/// <summary>A method of a protobuf service together with the code that answers it.</summary>
public abstract class RpcEndpoint
{
    private protected RpcEndpoint(MethodDescriptor descriptor)
    {
        Descriptor = descriptor;
        Path = $"/{descriptor.Service.FullName}/{descriptor.Name}";
        Kind = (descriptor.IsClientStreaming, descriptor.IsServerStreaming) switch
        {
            (false, false) => RpcMethodKind.Unary,
            (false, true) => RpcMethodKind.ServerStreaming,
            (true, false) => RpcMethodKind.ClientStreaming,
            (true, true) => RpcMethodKind.BidiStreaming,
        };
    }

    /// <summary>The method's description, the source of its options, comments and message types.</summary>
    public MethodDescriptor Descriptor { get; }

    /// <summary><c>/package.Service/Method</c>.</summary>
    public string Path { get; }

    /// <summary>Which sides stream.</summary>
    public RpcMethodKind Kind { get; }

    /// <summary>False where the service has no such method, so that every call ends with <see cref="RpcStatusCode.Unimplemented"/>.</summary>
    public virtual bool IsImplemented => true;

    /// <summary>Parses the method's requests.</summary>
    public MessageParser RequestParser => Descriptor.InputType.Parser;

    /// <summary>Parses the method's responses.</summary>
    public MessageParser ResponseParser => Descriptor.OutputType.Parser;

    /// <summary>The method with the interceptors around it; set when the registry is built.</summary>
    internal RpcHandler Handler { get; set; } = null!;

    /// <inheritdoc/>
    public override string ToString() => Path;

    /// <summary>Reads the request(s) from the context's channel, runs the method and writes the response(s).</summary>
    internal abstract Task InvokeAsync(RpcContext context);
}
