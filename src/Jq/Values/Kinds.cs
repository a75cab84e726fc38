namespace Wego.Jq;

/// <summary>Names kinds and values in errors.</summary>
internal static class Kinds
{
    private const int MaxShown = 40;

    public static string Name(JqValue value) => value.Kind switch
    {
        JqKind.Null => "null",
        JqKind.Boolean => "boolean",
        JqKind.Number => "number",
        JqKind.String => "string",
        JqKind.Array => "array",
        _ => "object",
    };

    /// <summary>The kind, and the value where it is short by nature.</summary>
    public static string Describe(JqValue value) => value.Kind switch
    {
        JqKind.Null => "null",
        JqKind.Boolean or JqKind.Number => $"the {Name(value)} {value}",
        JqKind.String => $"the string {JsonText.Write(JqValue.Of(value.Text.Length > MaxShown ? value.Text[..MaxShown] + "…" : value.Text), null)}",
        JqKind.Array => "an array",
        _ => "an object",
    };

    public static JqRuntimeException Wrong(string what, JqValue value) => new($"{what} does not take {Describe(value)}");

    public static JqRuntimeException Wrong(string what, JqValue left, JqValue right) => new($"{what} does not take {Describe(left)} and {Describe(right)}");
}
