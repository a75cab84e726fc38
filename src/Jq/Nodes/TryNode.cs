namespace Wego.Jq;

/// <summary><c>try body catch handler</c>, and <c>body?</c> with no handler: what the body yielded before it failed stays.</summary>
internal sealed class TryNode(Node body, Node? handler) : Node
{
    protected override IEnumerable<JqValue> Execute(Run run, Env env, JqValue input)
    {
        using var values = Begin(run, env, input, out var error);
        while (error is null && Next(values, ref error))
        {
            yield return values.Current;
        }

        if (error is null || handler is null)
        {
            yield break;
        }

        foreach (var value in handler.Evaluate(run, env, error.Value))
        {
            yield return value;
        }
    }

    private static bool Next(IEnumerator<JqValue> values, ref JqRuntimeException? error)
    {
        try
        {
            return values.MoveNext();
        }
        catch (JqRuntimeException e)
        {
            error = e;
            return false;
        }
    }

    // Expressions of one value may fail before they are iterated.
    private IEnumerator<JqValue> Begin(Run run, Env env, JqValue input, out JqRuntimeException? error)
    {
        error = null;
        try
        {
            return body.Evaluate(run, env, input).GetEnumerator();
        }
        catch (JqRuntimeException e)
        {
            error = e;
            return Enumerable.Empty<JqValue>().GetEnumerator();
        }
    }
}
