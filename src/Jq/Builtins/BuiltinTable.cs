namespace Wego.Jq;

/// <summary>The functions that come with the language, by name and number of parameters.</summary>
internal sealed class BuiltinTable
{
    private readonly Dictionary<(string Name, int Arity), Builtin> _native = [];
    private readonly Dictionary<(string Name, int Arity), Function> _written = [];

    private BuiltinTable()
    {
        ValueBuiltins.AddTo(this);
        TextBuiltins.AddTo(this);
        RegexBuiltins.AddTo(this);
        CollectionBuiltins.AddTo(this);
        StreamBuiltins.AddTo(this);
    }

    /// <summary>All of them.</summary>
    public static BuiltinTable All { get; } = Create();

    public Builtin? Native(string name, int arity) => _native.GetValueOrDefault((name, arity));

    public Function? Written(string name, int arity) => _written.GetValueOrDefault((name, arity));

    /// <summary>With how many parameters a function of this name exists.</summary>
    public IEnumerable<int> Arities(string name) => _native.Keys.Concat(_written.Keys).Where(k => k.Name == name).Select(k => k.Arity).Order();

    public void Add(string name, int arity, Builtin builtin) => _native.Add((name, arity), builtin);

    /// <summary>Adds a function that is written in jq.</summary>
    public void Add(Function function) => _written.Add((function.Name, function.Parameters.Count), function);

    /// <summary>Adds a function of its input only.</summary>
    public void Add(string name, Func<JqValue, Run, JqValue> function) => Add(name, 0, (run, input, _) => One(() => function(input, run)));

    /// <summary>Adds a function of its input and the values of one filter.</summary>
    public void Add(string name, Func<JqValue, JqValue, Run, JqValue> function) =>
        Add(name, 1, (run, input, arguments) => arguments[0].Evaluate(run, input).Select(a => function(input, a, run)));

    /// <summary>Adds a function of its input and the values of two filters, of which the first varies fastest.</summary>
    public void Add(string name, Func<JqValue, JqValue, JqValue, Run, JqValue> function) =>
        Add(name, 2, (run, input, arguments) =>
            from b in arguments[1].Evaluate(run, input)
            from a in arguments[0].Evaluate(run, input)
            select function(input, a, b, run));

    private static BuiltinTable Create()
    {
        var table = new BuiltinTable();
        foreach (var function in new Parser(Prelude.Text, JqLimits.Default, table).ReadDefinitions())
        {
            table.Add(function);
        }

        return table;
    }

    private static IEnumerable<JqValue> One(Func<JqValue> function)
    {
        yield return function();
    }
}
