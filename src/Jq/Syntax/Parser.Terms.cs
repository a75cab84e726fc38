namespace Wego.Jq;

internal sealed partial class Parser
{
    private static readonly string[] Keywords =
        ["def", "if", "then", "elif", "else", "end", "as", "reduce", "foreach", "try", "catch", "label", "import", "include", "and", "or", "__loc__"];

    private static readonly Node NullLiteral = new LiteralNode(JqValue.Null);

    private Node ReadPostfix(bool mayBind)
    {
        var term = ReadTerm();
        while (true)
        {
            if (Current.Kind == TokenKind.Field)
            {
                term = new IndexNode(term, new LiteralNode(JqValue.Of(Advance().Text)));
            }
            else if (IsSymbol(".") && _tokens[_next + 1] is { Kind: TokenKind.Text } text)
            {
                _next += 2;
                term = new IndexNode(term, ReadText(text));
            }
            else if (IsSymbol(".") && _tokens[_next + 1] is { Kind: TokenKind.Symbol, Text: "[" })
            {
                Advance();
            }
            else if (TakeSymbol("["))
            {
                term = ReadBrackets(term);
            }
            else if (TakeSymbol("?"))
            {
                term = new TryNode(term, null);
            }
            else
            {
                return mayBind && IsName("as") ? ReadBinding(term) : term;
            }
        }
    }

    // What follows an opening bracket: [], [key], [from:to].
    private Node ReadBrackets(Node target)
    {
        if (TakeSymbol("]"))
        {
            return new IterateNode(target);
        }

        var first = IsSymbol(":") ? NullLiteral : ReadPipe();
        if (!TakeSymbol(":"))
        {
            Expect("]");
            return new IndexNode(target, first);
        }

        var second = IsSymbol("]") ? NullLiteral : ReadPipe();
        Expect("]");
        return new SliceNode(target, first, second);
    }

    private Node ReadTerm()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return new LiteralNode(JqValue.Of(token.Number));
            case TokenKind.Text:
                Advance();
                return ReadText(token);
            case TokenKind.Field:
                Advance();
                return new IndexNode(Node.Identity, new LiteralNode(JqValue.Of(token.Text)));
            case TokenKind.Variable:
                Advance();
                return new VariableNode(_scope.FindVariable(token.Text) ?? throw _source.Error(token.Position, $"there is no variable ${token.Text}"));
            case TokenKind.Format:
                throw _source.Error(token.Position, $"formats (@{token.Text}) are not supported");
            case TokenKind.Symbol:
                return ReadSymbolTerm(token);
            case TokenKind.Name:
                return ReadNamedTerm(token);
            default:
                throw Unexpected("an expression");
        }
    }

    private Node ReadSymbolTerm(Token token)
    {
        switch (token.Text)
        {
            case ".":
                Advance();
                if (Current.Kind == TokenKind.Text)
                {
                    return new IndexNode(Node.Identity, ReadText(Advance()));
                }

                return Node.Identity;
            case "..":
                Advance();
                return new BuiltinNode(_builtins.Native("recurse", 0)!, []);
            case "(":
                Advance();
                var inner = ReadPipe();
                Expect(")");
                return inner;
            case "[":
                Advance();
                var body = IsSymbol("]") ? null : ReadPipe();
                Expect("]");
                return new ArrayNode(body);
            case "{":
                Advance();
                return ReadObject();
            default:
                throw Unexpected("an expression");
        }
    }

    private Node ReadNamedTerm(Token token)
    {
        switch (token.Text)
        {
            case "if":
                Advance();
                return ReadIf();
            case "try":
                Advance();
                var attempt = ReadNested();
                return new TryNode(attempt, TakeName("catch") ? ReadNested() : null);
            case "reduce":
                Advance();
                return ReadReduce();
            case "foreach":
                Advance();
                return ReadForeach();
            case "label" or "import" or "include":
                throw _source.Error(token.Position, $"\"{token.Text}\" is not supported");
            case var word when Keywords.Contains(word):
                throw Unexpected("an expression");
            default:
                Advance();
                return ReadCall(token);
        }
    }

    private Node ReadIf()
    {
        var condition = ReadPipe();
        ExpectName("then");
        var consequence = ReadPipe();
        if (TakeName("elif"))
        {
            Enter();
            return Leave(new IfNode(condition, consequence, ReadIf()));
        }

        var alternative = TakeName("else") ? ReadPipe() : Node.Identity;
        ExpectName("end");
        return new IfNode(condition, consequence, alternative);
    }

    // "try try try …" nests without brackets.
    private Node ReadNested()
    {
        Enter();
        return Leave(ReadPostfix(mayBind: false));
    }

    private ReduceNode ReadReduce()
    {
        var source = ReadNested();
        ExpectName("as");
        var pattern = ReadPattern();
        Expect("(");
        var initial = ReadPipe();
        Expect(";");
        var update = ReadScoped(pattern);
        Expect(")");
        return new ReduceNode(source, pattern, initial, update);
    }

    private ForeachNode ReadForeach()
    {
        var source = ReadNested();
        ExpectName("as");
        var pattern = ReadPattern();
        Expect("(");
        var initial = ReadPipe();
        Expect(";");
        var update = ReadScoped(pattern);
        var extract = TakeSymbol(";") ? ReadScoped(pattern) : Node.Identity;
        Expect(")");
        return new ForeachNode(source, pattern, initial, update, extract);
    }

    private Node ReadCall(Token name)
    {
        var arguments = new List<Node>();
        if (TakeSymbol("("))
        {
            do
            {
                arguments.Add(ReadPipe());
            }
            while (TakeSymbol(";"));
            Expect(")");
        }

        return Resolve(name, [.. arguments]);
    }

    private Node Resolve(Token name, Node[] arguments)
    {
        var found = _scope.FindFunction(name.Text, arguments.Length);
        if (found?.Parameter is { } parameter)
        {
            return new ParameterNode(parameter);
        }

        if ((found?.Function ?? _builtins.Written(name.Text, arguments.Length)) is { } function)
        {
            return new CallNode(function, arguments);
        }

        if (_builtins.Native(name.Text, arguments.Length) is { } native)
        {
            return new BuiltinNode(native, arguments);
        }

        var arities = string.Join(" or ", _builtins.Arities(name.Text));
        throw _source.Error(
            name.Position,
            arities.Length == 0
                ? $"there is no function {name.Text}"
                : $"the function {name.Text} takes {arities} arguments (separated by semicolons), not {arguments.Length}");
    }

    private Node ReadText(Token token)
    {
        if (token.Parts.Count == 1)
        {
            return new LiteralNode(JqValue.Of(token.Parts[0].Text!));
        }

        return new TextNode([.. token.Parts.Select(part => part.Text is { } text ? new LiteralNode(JqValue.Of(text)) : ReadInterpolation(part.Interpolation!))]);
    }

    private Node ReadInterpolation(IReadOnlyList<Token> tokens)
    {
        var (outer, next) = (_tokens, _next);
        (_tokens, _next) = (tokens, 0);
        var node = ReadPipe();
        if (Current.Kind != TokenKind.End)
        {
            throw Unexpected("an operator or \")\"");
        }

        (_tokens, _next) = (outer, next);
        return node;
    }
}
