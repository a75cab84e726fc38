namespace Wego.Plugins.Charts;

/// <summary>The parts that a document is read in.</summary>
internal enum NodeKind
{
    Scalar,
    MappingStart,
    MappingEnd,
    SequenceStart,
    SequenceEnd,
    Alias,
    End,
}
