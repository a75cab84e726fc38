namespace Wego.Rpc.Envelopes;

/// <summary>The first byte of an envelope.</summary>
[Flags]
internal enum EnvelopeFlags : byte
{
    None = 0,

    /// <summary>The payload is compressed by the encoding that the headers name.</summary>
    Compressed = 0x01,

    /// <summary>Connect: the payload is the end-stream message.</summary>
    EndStream = 0x02,

    /// <summary>gRPC-Web: the payload holds the trailers.</summary>
    Trailers = 0x80,
}
