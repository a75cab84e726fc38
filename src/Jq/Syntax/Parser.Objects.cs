namespace Wego.Jq;

internal sealed partial class Parser
{
    private ObjectNode ReadObject()
    {
        var members = new List<(Node Key, Node Value)>();
        while (!TakeSymbol("}"))
        {
            members.Add(ReadMember());
            if (!TakeSymbol(",") && !IsSymbol("}"))
            {
                throw Unexpected("\",\" or \"}\"");
            }
        }

        return new ObjectNode([.. members]);
    }

    private (Node Key, Node Value) ReadMember()
    {
        var token = Current;
        if (token.Kind == TokenKind.Variable)
        {
            // {$name} is {"name": $name}.
            var value = ReadTerm();
            return (new LiteralNode(JqValue.Of(token.Text)), value);
        }

        var key = ReadKey(out var hasDefault);
        if (TakeSymbol(":"))
        {
            return (key, ReadMemberValue());
        }

        return hasDefault ? (key, new IndexNode(Node.Identity, key)) : throw Unexpected("\":\"");
    }

    // Names, strings and (expressions); the first two can stand alone and then stand for the member of the input.
    private Node ReadKey(out bool hasDefault)
    {
        var token = Current;
        hasDefault = true;
        switch (token.Kind)
        {
            case TokenKind.Name:
                Advance();
                return new LiteralNode(JqValue.Of(token.Text));
            case TokenKind.Text:
                Advance();
                return ReadText(token);
            case TokenKind.Symbol when token.Text == "(":
                Advance();
                hasDefault = false;
                var key = ReadPipe();
                Expect(")");
                return key;
            default:
                throw Unexpected("a key (a name, a string, a variable or an expression in parentheses) or \"}\"");
        }
    }

    // Without parentheses only terms and pipes of terms are allowed, since a comma ends the member.
    private Node ReadMemberValue()
    {
        var minus = TakeSymbol("-");
        var term = ReadNested();
        var value = minus ? new NegateNode(term) : term;
        if (!TakeSymbol("|"))
        {
            return IsSymbol(",") || IsSymbol("}") ? value : throw Unexpected("\",\", \"|\" or \"}\" (put the value into parentheses if it goes on)");
        }

        Enter();
        return Leave(new PipeNode(value, ReadMemberValue()));
    }

    private Pattern ReadPattern()
    {
        Enter();
        Pattern pattern = Current.Kind == TokenKind.Variable ? new VariablePattern(new Variable(Advance().Text))
            : TakeSymbol("[") ? ReadArrayPattern()
            : TakeSymbol("{") ? ReadObjectPattern()
            : throw Unexpected("a variable, \"[\" or \"{\"");
        _nesting--;
        return pattern;
    }

    private ArrayPattern ReadArrayPattern()
    {
        var items = new List<Pattern>();
        do
        {
            items.Add(ReadPattern());
        }
        while (TakeSymbol(","));
        Expect("]");
        return new ArrayPattern([.. items]);
    }

    private ObjectPattern ReadObjectPattern()
    {
        var members = new List<(Variable? Name, Node Key, Pattern? Value)>();
        do
        {
            if (Current.Kind == TokenKind.Variable)
            {
                var name = Advance().Text;
                members.Add((new Variable(name), new LiteralNode(JqValue.Of(name)), TakeSymbol(":") ? ReadPattern() : null));
            }
            else
            {
                var key = ReadKey(out _);
                Expect(":");
                members.Add((null, key, ReadPattern()));
            }
        }
        while (TakeSymbol(","));
        Expect("}");
        return new ObjectPattern([.. members]);
    }
}
