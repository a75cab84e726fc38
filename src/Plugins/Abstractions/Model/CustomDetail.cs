using System.Collections.Immutable;

namespace Wego.Plugins;

/// <summary>Fields that only one format has, as <c>google.protobuf.Any</c> carries them.</summary>
/// <param name="TypeUrl">The message's full name, with or without a prefix that ends in a slash.</param>
/// <param name="Value">The encoded message.</param>
[GenerateSerializer, Immutable, Alias("wego.CustomDetail")]
public sealed record CustomDetail(string TypeUrl, ImmutableArray<byte> Value)
{
    /// <summary>Whether it holds a message of this full name; clients write the type with and without a prefix.</summary>
    public bool Is(string fullName) => TypeUrl[(TypeUrl.LastIndexOf('/') + 1)..] == fullName;
}
