namespace Wego.Jq;

/// <summary>A jq program could not be compiled or evaluated.</summary>
public abstract class JqException : Exception
{
    private protected JqException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
