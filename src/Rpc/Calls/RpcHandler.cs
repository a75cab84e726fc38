namespace Wego.Rpc;

/// <summary>Runs a call, or what remains of it, to its end. Every response message has been sent when the task completes.</summary>
/// <exception cref="RpcException">The call ended with a status other than OK.</exception>
public delegate Task RpcHandler(RpcContext context);
