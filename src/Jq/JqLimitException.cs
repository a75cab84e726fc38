namespace Wego.Jq;

/// <summary>An evaluation used more than <see cref="JqLimits"/> allow. No program can catch it.</summary>
public sealed class JqLimitException : JqException
{
    internal JqLimitException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
