using System.IO.Pipelines;
using Wego.Rpc.Codecs;

namespace Wego.Rpc.Envelopes;

/// <summary>What a call's headers and the options say about its envelopes.</summary>
/// <param name="Codec">The format of the messages.</param>
/// <param name="MaxReceiveSize">In bytes; null for no limit.</param>
/// <param name="MaxSendSize">In bytes; null for no limit.</param>
/// <param name="RequestIsCompressed">True where the headers name gzip as the encoding of request messages.</param>
/// <param name="CompressionThreshold">The size in bytes from which response messages are compressed; null for never.</param>
/// <param name="Input">Where envelopes are read from; null for the request's body as it is.</param>
internal readonly record struct EnvelopeSettings(
    IMessageCodec Codec, int? MaxReceiveSize, int? MaxSendSize, bool RequestIsCompressed, int? CompressionThreshold, PipeReader? Input = null);
