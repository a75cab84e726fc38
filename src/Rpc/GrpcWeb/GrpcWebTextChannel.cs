using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Wego.Rpc.Envelopes;

namespace Wego.Rpc.GrpcWeb;

/// <summary>Envelopes in base64, for clients that cannot read binary streams. Each flush ends with padding.</summary>
internal sealed class GrpcWebTextChannel(HttpContext http, RpcEndpoint endpoint, RpcContext context, EnvelopeSettings settings)
    : EnvelopedChannel(http, endpoint, context, settings with { Input = PipeReader.Create(new Base64Stream(http.Request.BodyReader)) })
{
    private readonly ArrayBufferWriter<byte> _pending = new();

    protected override IBufferWriter<byte> Output => _pending;

    public override ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var plain = _pending.WrittenSpan;
        var encoded = Body.GetSpan(Base64.GetMaxEncodedToUtf8Length(plain.Length));
        Base64.EncodeToUtf8(plain, encoded, out _, out var written);
        Body.Advance(written);
        _pending.ResetWrittenCount();
        return base.FlushAsync(cancellationToken);
    }
}
