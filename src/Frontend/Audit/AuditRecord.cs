using Google.Protobuf.Reflection;
using Wego.Kubernetes;
using Wego.Rpc;

namespace Wego.Frontend;

/// <summary>One change, or the attempt at one. It holds nothing of what was changed to.</summary>
/// <param name="User">The user's name, as the API server knows it; the keyed hash of the token where it does not tell.</param>
/// <param name="Method">The RPC.</param>
/// <param name="Target">On what, as the request had it.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Identity">As whom it was done; never written anywhere.</param>
internal sealed record AuditRecord(string User, MethodDescriptor Method, RequestTarget Target, RpcStatusCode Outcome, KubernetesIdentity? Identity);
