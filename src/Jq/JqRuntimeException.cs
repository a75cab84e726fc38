namespace Wego.Jq;

/// <summary>An evaluation failed: a value is of the wrong kind, or the program called <c>error</c>.</summary>
public sealed class JqRuntimeException : JqException
{
    internal JqRuntimeException(string message)
        : this(JqValue.Of(message), message)
    {
    }

    internal JqRuntimeException(JqValue value)
        : this(value, value.Kind == JqKind.String ? value.Text : value.ToString())
    {
    }

    private JqRuntimeException(JqValue value, string message)
        : base(message) => Value = value;

    /// <summary>What <c>catch</c> sees.</summary>
    public JqValue Value { get; }
}
