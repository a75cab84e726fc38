using Microsoft.AspNetCore.Http;
using Wego.Rpc.Codecs;

namespace Wego.Rpc.Hosting;

/// <summary>A request whose method and format are known.</summary>
/// <param name="Http">The HTTP request.</param>
/// <param name="Endpoint">The method.</param>
/// <param name="MediaType">The protocol and format.</param>
/// <param name="Codec">The format's codec.</param>
internal readonly record struct RpcRequest(HttpContext Http, RpcEndpoint Endpoint, RpcMediaType MediaType, IMessageCodec Codec);
