namespace Wego.Jq;

/// <summary>
/// Reads a program (<see href="https://jqlang.org/manual/">jq manual</see>). What the language has beyond filters is refused with a
/// message: assignments, paths, formats, modules, labels.
/// </summary>
internal sealed partial class Parser
{
    private const int MaxNesting = 400;

    private readonly SourceText _source;
    private readonly BuiltinTable _builtins;
    private IReadOnlyList<Token> _tokens;
    private int _next;
    private int _nesting;
    private Scope _scope = Scope.Empty;

    public Parser(string text, JqLimits limits, BuiltinTable builtins)
    {
        _source = new SourceText(text);
        _builtins = builtins;
        _tokens = text.Length <= limits.MaxProgramLength
            ? new Lexer(_source).Read()
            : throw _source.Error(0, $"the program has {text.Length} characters; {limits.MaxProgramLength} are allowed");
    }

    private Token Current => _tokens[_next];

    /// <summary>Reads a whole program in which some variables are known.</summary>
    public Node ReadProgram(IEnumerable<Variable> variables)
    {
        _scope = variables.Aggregate(_scope, (scope, variable) => scope.With(variable));
        if (Current.Kind == TokenKind.End)
        {
            return Node.Identity;
        }

        var program = ReadPipe();
        return Current.Kind == TokenKind.End ? program : throw Unexpected("an operator or the end");
    }

    /// <summary>Reads the functions that come with the language.</summary>
    public IEnumerable<Function> ReadDefinitions()
    {
        while (Current.Kind != TokenKind.End)
        {
            var function = ReadDefinition(isBuiltin: true);
            _scope = _scope.With(function);
            yield return function;
        }
    }

    private Node ReadPipe()
    {
        Enter();
        var scope = _scope;
        try
        {
            if (IsName("def"))
            {
                var function = ReadDefinition(isBuiltin: false);
                _scope = _scope.With(function);
                return new DefineNode(function, ReadPipe());
            }

            var left = ReadBinary(0);
            return TakeSymbol("|") ? new PipeNode(left, ReadPipe()) : left;
        }
        finally
        {
            _scope = scope;
            _nesting--;
        }
    }

    private Function ReadDefinition(bool isBuiltin)
    {
        ExpectName("def");
        var name = Take(TokenKind.Name, "the name of the function").Text;
        var parameters = new List<(Parameter Parameter, bool IsValue)>();
        if (TakeSymbol("("))
        {
            do
            {
                var isValue = Current.Kind == TokenKind.Variable;
                parameters.Add((new Parameter(isValue ? Advance().Text : Take(TokenKind.Name, "the name of a parameter").Text), isValue));
            }
            while (TakeSymbol(";"));
            Expect(")");
        }

        Expect(":");
        var function = new Function(name, [.. parameters.Select(p => p.Parameter)], isBuiltin);
        var scope = _scope;
        _scope = parameters.Aggregate(_scope.With(function), (inner, p) => inner.With(p.Parameter));
        // "$x" as a parameter is "x" and, in the body, a variable with each of its values.
        var values = parameters.Where(p => p.IsValue).Select(p => (p.Parameter, Variable: new Variable(p.Parameter.Name))).ToArray();
        _scope = values.Aggregate(_scope, (inner, v) => inner.With(v.Variable));
        function.Body = values.Reverse().Aggregate(
            ReadPipe(),
            (body, v) => new BindNode(new ParameterNode(v.Parameter), new VariablePattern(v.Variable), body));
        _scope = scope;
        Expect(";");
        return function;
    }

    private Node ReadBinary(int minimum)
    {
        Enter();
        var left = ReadUnary();
        while (Current.Kind is TokenKind.Symbol or TokenKind.Name && BinaryOperator.Find(Current) is { } found && found.Precedence >= minimum)
        {
            var token = Advance();
            if (found.Make is not { } make)
            {
                throw _source.Error(token.Position, $"\"{token.Text}\" changes its input, which a filter cannot do");
            }

            left = make(left, ReadBinary(found.IsRightAssociative ? found.Precedence : found.Precedence + 1));
            if (found.IsSingle && BinaryOperator.Find(Current)?.Precedence == found.Precedence)
            {
                throw _source.Error(Current.Position, $"comparisons cannot be chained; expected an operator other than {Current.Display}");
            }
        }

        return Leave(left);
    }

    private Node ReadUnary()
    {
        if (!IsSymbol("-"))
        {
            return ReadPostfix(mayBind: true);
        }

        Advance();
        var operand = new NegateNode(ReadPostfix(mayBind: false));
        return IsName("as") ? ReadBinding(operand) : operand;
    }

    private BindNode ReadBinding(Node value)
    {
        ExpectName("as");
        var pattern = ReadPattern();
        if (IsSymbol("?//"))
        {
            throw _source.Error(Current.Position, "alternative patterns (?//) are not supported");
        }

        Expect("|");
        return new BindNode(value, pattern, ReadScoped(pattern));
    }

    // An expression in which the variables of a pattern are known.
    private Node ReadScoped(Pattern pattern)
    {
        var scope = _scope;
        _scope = pattern.Variables.Aggregate(_scope, (inner, variable) => inner.With(variable));
        var body = ReadPipe();
        _scope = scope;
        return body;
    }

    private void Enter()
    {
        if (++_nesting > MaxNesting)
        {
            throw _source.Error(Current.Position, $"the program is nested more than {MaxNesting} deep");
        }
    }

    private Node Leave(Node node)
    {
        _nesting--;
        return node;
    }

    private Token Advance() => Current.Kind == TokenKind.End ? Current : _tokens[_next++];

    private bool IsSymbol(string symbol) => Current.Kind == TokenKind.Symbol && Current.Text == symbol;

    private bool IsName(string name) => Current.Kind == TokenKind.Name && Current.Text == name;

    private bool TakeSymbol(string symbol)
    {
        var found = IsSymbol(symbol);
        _next += found ? 1 : 0;
        return found;
    }

    private bool TakeName(string name)
    {
        var found = IsName(name);
        _next += found ? 1 : 0;
        return found;
    }

    private void Expect(string symbol)
    {
        if (!TakeSymbol(symbol))
        {
            throw Unexpected($"\"{symbol}\"");
        }
    }

    private void ExpectName(string name)
    {
        if (!TakeName(name))
        {
            throw Unexpected($"\"{name}\"");
        }
    }

    private Token Take(TokenKind kind, string expected) => Current.Kind == kind ? Advance() : throw Unexpected(expected);

    private JqCompileException Unexpected(string expected) => _source.Error(Current.Position, $"expected {expected}, found {Current.Display}");
}
