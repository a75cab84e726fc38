using Google.Protobuf.Reflection;

namespace Wego.Rpc.Services;

/// <summary>A described method that its service does not have.</summary>
internal sealed class UnimplementedEndpoint(MethodDescriptor descriptor) : RpcEndpoint(descriptor)
{
    public override bool IsImplemented => false;

    internal override Task InvokeAsync(RpcContext context) =>
        Task.FromException(new RpcException(RpcStatusCode.Unimplemented, $"The method {Descriptor.FullName} is not implemented."));
}
