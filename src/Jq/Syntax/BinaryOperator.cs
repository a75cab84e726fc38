namespace Wego.Jq;

/// <summary>An operator between two expressions.</summary>
/// <param name="Precedence">The higher, the tighter it binds.</param>
/// <param name="IsRightAssociative">Whether <c>a op b op c</c> is <c>a op (b op c)</c>.</param>
/// <param name="IsSingle">Whether it cannot be chained.</param>
/// <param name="Make">Makes the expression; null where the operator is not supported.</param>
internal sealed record BinaryOperator(int Precedence, bool IsRightAssociative, bool IsSingle, Func<Node, Node, Node>? Make)
{
    private static readonly Dictionary<string, BinaryOperator> Known = new(StringComparer.Ordinal)
    {
        [","] = new(1, false, false, (l, r) => new CommaNode(l, r)),
        ["//"] = new(2, true, false, (l, r) => new AlternativeNode(l, r)),
        ["or"] = new(4, false, false, (l, r) => new LogicNode(l, r, decisive: true)),
        ["and"] = new(5, false, false, (l, r) => new LogicNode(l, r, decisive: false)),
        ["=="] = Comparison(order => order == 0),
        ["!="] = Comparison(order => order != 0),
        ["<"] = Comparison(order => order < 0),
        ["<="] = Comparison(order => order <= 0),
        [">"] = Comparison(order => order > 0),
        [">="] = Comparison(order => order >= 0),
        ["+"] = Arithmetic(7, Operators.Add),
        ["-"] = Arithmetic(7, Operators.Subtract),
        ["*"] = Arithmetic(8, Operators.Multiply),
        ["/"] = Arithmetic(8, Operators.Divide),
        ["%"] = Arithmetic(8, Operators.Modulo),
        ["="] = Assignment,
        ["|="] = Assignment,
        ["+="] = Assignment,
        ["-="] = Assignment,
        ["*="] = Assignment,
        ["/="] = Assignment,
        ["%="] = Assignment,
        ["//="] = Assignment,
    };

    private static BinaryOperator Assignment => new(3, false, true, null);

    /// <summary>The operator that a token is, or null.</summary>
    public static BinaryOperator? Find(Token token) => token.Kind is TokenKind.Symbol or TokenKind.Name ? Known.GetValueOrDefault(token.Text) : null;

    private static BinaryOperator Comparison(Func<int, bool> holds) =>
        new(6, false, true, (l, r) => new OperatorNode((left, right, run) => JqValue.Of(holds(ValueOrder.Compare(left, right, run))), l, r));

    private static BinaryOperator Arithmetic(int precedence, Func<JqValue, JqValue, Run, JqValue> operation) =>
        new(precedence, false, false, (l, r) => new OperatorNode(operation, l, r));
}
