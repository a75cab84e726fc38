using System.Collections.Concurrent;
using System.Text.Json;

namespace Wego.Jq;

/// <summary>
/// A program in the filter language of jq (<see href="https://jqlang.org/manual/">manual</see>), with the semantics of
/// <see href="https://github.com/itchyny/gojq">gojq</see> where the two differ: keys are sorted, regular expressions are those of RE2,
/// <c>else</c> may be left out. Numbers are doubles. What changes values (assignments, paths), formats, modules, labels, dates, input
/// and environment are left out. Safe for use by many threads.
/// </summary>
public sealed class JqProgram
{
    private readonly Node _program;
    private readonly Env _env;
    private readonly JqLimits _limits;
    private readonly ConcurrentDictionary<(string Pattern, string Flags), RegularExpression> _expressions = new();

    private JqProgram(Node program, Env env, JqLimits limits) => (_program, _env, _limits) = (program, env, limits);

    /// <summary>Compiles a program.</summary>
    /// <param name="program">Its text; an empty one is <c>.</c>.</param>
    /// <param name="variables">Strings by name; the name may begin with the dollar sign, as it is used.</param>
    /// <param name="limits">How much it may use; null means the defaults.</param>
    /// <exception cref="JqCompileException">It is no program, or uses what does not exist.</exception>
    public static JqProgram Compile(string program, IReadOnlyDictionary<string, string>? variables = null, JqLimits? limits = null)
    {
        limits ??= JqLimits.Default;
        var bound = (variables ?? new Dictionary<string, string>()).Select(v => (Variable: new Variable(v.Key.TrimStart('$')), v.Value)).ToArray();
        var node = new Parser(program, limits, BuiltinTable.All).ReadProgram(bound.Select(b => b.Variable));
        return new JqProgram(node, bound.Aggregate(Env.Root, (env, b) => env.Bind(b.Variable, JqValue.Of(b.Value))), limits);
    }

    /// <summary>Evaluates the program; values are computed as they are asked for.</summary>
    /// <param name="input">Its input; the document has to live until the last value has been looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it yields. Iterating throws <see cref="JqRuntimeException"/> where the program fails and <see cref="JqLimitException"/> where it uses too much.</returns>
    public IEnumerable<JqValue> Evaluate(JsonElement input, CancellationToken cancellationToken = default)
    {
        var run = new Run(_limits, _expressions, cancellationToken);
        foreach (var value in _program.Evaluate(run, _env, JqValue.Of(input)))
        {
            yield return value;
        }
    }

    /// <summary>The first value that the program yields, which has to be a boolean.</summary>
    /// <param name="input">Its input.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JqRuntimeException">It fails, yields nothing, or something else than a boolean.</exception>
    /// <exception cref="JqLimitException">It uses too much.</exception>
    public bool EvaluateBoolean(JsonElement input, CancellationToken cancellationToken = default)
    {
        foreach (var value in Evaluate(input, cancellationToken))
        {
            return value.Kind == JqKind.Boolean
                ? value.Boolean
                : throw new JqRuntimeException($"the program has to yield true or false, not {Kinds.Describe(value)}");
        }

        throw new JqRuntimeException("the program has to yield true or false, but yields nothing");
    }
}
