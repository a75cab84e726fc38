using Google.Protobuf.Reflection;

namespace Wego.Rpc;

/// <summary>A service to be served, registered in the service collection by <c>AddRpcService</c>.</summary>
/// <param name="Descriptor">The service's description.</param>
/// <param name="Factory">Makes the one instance that answers every call.</param>
public sealed record RpcServiceRegistration(ServiceDescriptor Descriptor, Func<IServiceProvider, object> Factory);
