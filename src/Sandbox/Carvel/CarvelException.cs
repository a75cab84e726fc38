namespace Wego.Sandbox.Carvel;

/// <summary>Something cannot be fetched, rendered or deployed.</summary>
/// <param name="message">What is wrong: the condition's message, or <c>status.usefulErrorMessage</c>.</param>
/// <param name="isOutput">Whether a tool printed it, which puts it into the status beside the condition.</param>
internal sealed class CarvelException(string message, bool isOutput = false) : Exception(message)
{
    /// <summary>Whether a tool printed the message.</summary>
    public bool IsOutput => isOutput;
}
