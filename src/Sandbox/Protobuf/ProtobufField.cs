namespace Wego.Sandbox.Protobuf;

/// <summary>One field: its JSON name and type. Zero values of most fields are left out of the JSON.</summary>
internal sealed record ProtobufField(string Name, string Type, bool IsRepeated, bool IsMap, bool KeepsZero);
