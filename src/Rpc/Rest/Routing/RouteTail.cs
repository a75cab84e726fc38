using Wego.Rpc.Rest.Templates;

namespace Wego.Rpc.Rest.Routing;

/// <summary>A template from its <c>**</c> on: any number of segments, then these.</summary>
internal sealed record RouteTail(RestBinding Binding, TemplateSegment[] Suffix)
{
    /// <summary>The longer the suffix, then the more literals in it, the earlier it is tried.</summary>
    public (int Length, int Literals) Specificity { get; } = (Suffix.Length, Suffix.Count(s => s.Kind == TemplateSegmentKind.Literal));

    public bool Matches(ReadOnlySpan<string> path, string verb)
    {
        if (path.Length <= Suffix.Length || !string.Equals(verb, Binding.Template.Verb, StringComparison.Ordinal))
        {
            return false;
        }

        var end = path[^Suffix.Length..];
        for (var i = 0; i < Suffix.Length; i++)
        {
            if (Suffix[i].Kind == TemplateSegmentKind.Literal && !string.Equals(Suffix[i].Text, end[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
