namespace Wego.Rpc.Rest.Templates;

/// <summary>One segment of a path template.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Text">The text of a literal; else <c>*</c> or <c>**</c>.</param>
internal readonly record struct TemplateSegment(TemplateSegmentKind Kind, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
