using Google.Protobuf;

namespace Wego.Testing;

/// <summary>A protobuf message read without its descriptor: fields by number, as they stand on the wire.</summary>
public sealed class WireMessage
{
    private readonly List<(int Number, ulong Value, ByteString? Bytes)> _fields = [];

    public WireMessage(ByteString encoded)
    {
        var input = encoded.CreateCodedInput();
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            _fields.Add(WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (number, input.ReadUInt64(), null),
                WireFormat.WireType.Fixed64 => (number, input.ReadFixed64(), null),
                WireFormat.WireType.Fixed32 => (number, input.ReadFixed32(), null),
                WireFormat.WireType.LengthDelimited => (number, 0, input.ReadBytes()),
                var other => throw new InvalidDataException($"Field {number} has wire type {other}."),
            });
        }
    }

    public IEnumerable<WireMessage> Messages(int number) => _fields.Where(f => f.Number == number && f.Bytes is not null).Select(f => new WireMessage(f.Bytes!));

    public WireMessage? Message(int number) => Messages(number).FirstOrDefault();

    public bool Has(int number) => _fields.Exists(f => f.Number == number);

    public string Text(int number) => _fields.Find(f => f.Number == number).Bytes?.ToStringUtf8() ?? "";

    public string Hex(int number) => Convert.ToHexStringLower((_fields.Find(f => f.Number == number).Bytes ?? ByteString.Empty).Span);

    public ulong Number(int number) => _fields.Find(f => f.Number == number).Value;
}
