using System.Text.Json.Serialization;

namespace Wego.Frontend;

[JsonSerializable(typeof(string[]))]
internal sealed partial class PageTokenJson : JsonSerializerContext;
