namespace Wego.Rpc.Rest.Templates;

/// <summary>What a segment of a path template stands for.</summary>
internal enum TemplateSegmentKind
{
    /// <summary>Exactly this text.</summary>
    Literal,

    /// <summary><c>*</c>: any one segment, even an empty one.</summary>
    Any,

    /// <summary><c>**</c>: one or more segments.</summary>
    Rest,
}
