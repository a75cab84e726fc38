namespace Wego.Jq;

/// <summary>A string with interpolations: <c>"a\(b)c"</c>. Where they yield several values the first varies fastest.</summary>
internal sealed class TextNode(Node[] parts) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input) => From(run, env, input, parts.Length, "").Select(JqValue.Of);

    private IEnumerable<string> From(Run run, Env env, JqValue input, int count, string end)
    {
        if (count == 0)
        {
            yield return end;
            yield break;
        }

        foreach (var part in parts[count - 1].Evaluate(run, env, input))
        {
            var text = part.Kind == JqKind.String ? part.Text : JsonText.Write(part, run);
            run.ChargeText(text.Length + end.Length);
            foreach (var whole in From(run, env, input, count - 1, text + end))
            {
                yield return whole;
            }
        }
    }
}
